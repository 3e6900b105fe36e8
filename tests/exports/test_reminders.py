"""Reminders reach exactly those who still owe, in words and over a real SMTP conversation."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from exports.reminders import MailServer, mail_server, reminder_mails, reminder_text, send_mails
from exports.reminders.__main__ import main
from metrics.dues import dues, owing
from metrics.period import Period
from metrics.plan import Plan
from store.addresses import add_address
from store.audit import list_entries
from store.database import open_database
from tests.builders import JX7, a_change, a_plan, some_submissions
from tests.pages.visits import six_of_seven

NANHU, XIUZHOU, JIASHAN, HAIYAN = JX7[:4]
Q3 = Period.parse("2025Q3")


class Postbox:
    """Takes every letter, but refuses whoever begins with `nobody`."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:
        if address.startswith("nobody"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        self.envelopes.append(envelope)
        self.letters.append(message_from_bytes(bytes(envelope.content or b""), policy=default))
        return "250 OK"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, MailServer]]:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield box, MailServer("127.0.0.1", controller.port, "tixing@jx.example", "none")
    controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def steps(*taken: tuple[str, str]) -> pd.DataFrame:
    rows = [(unit, "2025Q3", step, datetime(2025, 10, number, 9)) for number, (unit, step) in enumerate(taken, 1)]
    return pd.DataFrame(rows, columns=["unit", "period", "step", "at"], dtype=object)


def owed(on: date = date(2025, 10, 25)) -> tuple[Plan, pd.DataFrame]:
    """Nanhu has sent, Xiuzhou waits for review, Jiashan owes, Haiyan was sent back and has a later day."""
    plan = a_plan(units=[NANHU, XIUZHOU, JIASHAN, HAIYAN])
    taken = steps((XIUZHOU, "sent"), (HAIYAN, "sent"), (HAIYAN, "returned"))
    sent = some_submissions({(NANHU, "2025Q3"): "2025-10-10T09:00"})
    moved = [a_change(unit=HAIYAN, day="2025-10-31")]
    return plan, owing(dues(plan, sent, Q3, on=on, changes=moved, steps=taken))


def test_the_words_name_exactly_those_who_still_owe_each_with_its_own_day():
    plan, rows = owed()
    assert reminder_text(plan, rows, "zh_CN").splitlines() == [
        "【报送提醒】工厂店计划 2025年三季度",
        "已逾期 10 天（应于2025年10月15日前报送）：嘉善",
        "已退回、待改正后重报（截止2025年10月31日）：海盐",
        "请在系统“上报”页面下载模板、填报并提交。已报的不必理会。",
    ]


def test_before_the_due_day_nobody_is_called_overdue():
    plan, rows = owed(date(2025, 10, 10))
    said = reminder_text(plan, rows, "en")
    assert "overdue" not in said and "Due 2025-10-15: " in said


def test_nobody_who_owes_means_no_words():
    plan, rows = owed()
    assert reminder_text(plan, rows[:0], "zh_CN") == ""


def test_each_unit_with_an_address_gets_a_mail_that_names_nobody_else(postbox: tuple[Postbox, MailServer]):
    box, server = postbox
    plan, rows = owed()
    mails = reminder_mails(plan, rows, {JIASHAN: ["a@js.example", "b@js.example"], NANHU: ["c@nh.example"]}, "zh_CN")
    assert [outcome.why for outcome in send_mails(server, mails)] == [None]
    assert [letter["To"] for letter in box.letters] == ["a@js.example, b@js.example"]
    letter = box.letters[0]
    assert letter["Subject"] == "【报送提醒】工厂店计划 2025年三季度：嘉善县"
    assert letter["From"] == "tixing@jx.example" and letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"] and letter["Message-ID"].endswith("@jx.example>")
    body = letter.get_content()
    assert "已于2025年10月15日到期，至今未收到你单位的材料，已逾期 10 天" in body
    assert "海盐" not in body and "南湖" not in body


def test_one_refused_mailbox_does_not_keep_the_others_back(postbox: tuple[Postbox, MailServer]):
    box, server = postbox
    plan, rows = owed()
    mails = reminder_mails(plan, rows, {JIASHAN: ["nobody@js.example"], HAIYAN: ["a@hy.example"]}, "zh_CN")
    whys = {outcome.mail.unit: outcome.why for outcome in send_mails(server, mails)}
    assert whys == {JIASHAN: "nobody@js.example: 550 no such mailbox", HAIYAN: None}
    assert [letter["To"] for letter in box.letters] == ["a@hy.example"]


def test_a_server_that_is_not_there_is_said_for_every_mail():
    plan, rows = owed()
    mails = reminder_mails(plan, rows, {JIASHAN: ["a@js.example"], HAIYAN: ["a@hy.example"]}, "zh_CN")
    found = send_mails(MailServer("127.0.0.1", free_port(), "t@jx.example", "none"), mails)
    assert len(found) == 2 and all(outcome.why for outcome in found)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of a server called localhost, signed by nobody but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def guarded(certificate: Path) -> Iterator[tuple[Postbox, int]]:
    """A server that wants STARTTLS, then the name robot and the password right."""

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, login: Any) -> AuthResult:
        return AuthResult(success=(login.login, login.password) == (b"robot", b"right"), handled=False)

    secure = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    secure.load_cert_chain(certificate)
    box = Postbox()
    controller = Controller(
        box, hostname="localhost", port=free_port(), authenticator=check, auth_required=True,
        require_starttls=True, tls_context=secure,
    )  # fmt: skip
    controller.start()
    yield box, controller.port
    controller.stop()


@pytest.mark.parametrize(("password", "sent"), [("wrong", 0), ("right", 1)])
def test_name_and_password_go_over_the_encrypted_line_only(
    guarded: tuple[Postbox, int], certificate: Path, monkeypatch: pytest.MonkeyPatch, password: str, sent: int
):
    box, port = guarded
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    plan, rows = owed()
    mails = reminder_mails(plan, rows, {JIASHAN: ["a@js.example"]}, "zh_CN")
    outcome = send_mails(MailServer("localhost", port, "t@jx.example", "starttls", "robot", password), mails)[0]
    assert (outcome.why is None, len(box.letters)) == (bool(sent), sent)


def test_a_server_whose_certificate_nobody_vouches_for_gets_neither_password_nor_mail(guarded: tuple[Postbox, int]):
    box, port = guarded
    plan, rows = owed()
    mails = reminder_mails(plan, rows, {JIASHAN: ["a@js.example"]}, "zh_CN")
    outcome = send_mails(MailServer("localhost", port, "t@jx.example", "starttls", "robot", "right"), mails)[0]
    assert "CERTIFICATE_VERIFY_FAILED" in (outcome.why or "") and box.letters == []


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({}, None),
        ({"HOST": "mail.jx", "FROM": "t@jx.example"}, (25, "none")),
        ({"HOST": "mail.jx", "FROM": "t@jx.example", "PORT": "465"}, (465, "tls")),
        ({"HOST": "mail.jx", "FROM": "t@jx.example", "PORT": "587"}, (587, "starttls")),
        ({"HOST": "mail.jx", "FROM": "t@jx.example", "PORT": "2525", "SECURITY": "tls"}, (2525, "tls")),
    ],
)
def test_the_port_says_how_a_line_is_secured_unless_the_setting_does(settings: dict[str, str], found: Any):
    server = mail_server({f"DASHBOARD_SMTP_{name}": value for name, value in settings.items()})
    assert (server and (server.port, server.security)) == found


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        ({"HOST": "mail.jx"}, "SMTP_FROM"),
        ({"HOST": "mail.jx", "FROM": "t@jx.example", "SECURITY": "ssl"}, "not one of"),
        ({"HOST": "mail.jx", "FROM": "t@jx.example", "PASSWORD": "x"}, "in the open"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(settings: dict[str, str], fault: str):
    with pytest.raises(ValueError, match=fault):
        mail_server({f"DASHBOARD_SMTP_{name}": value for name, value in settings.items()})


def test_a_password_is_read_from_a_file_and_never_shown(tmp_path: Path):
    (tmp_path / "secret").write_text("s3cret\n", encoding="utf-8")
    said = {"HOST": "mail.jx", "FROM": "t@jx.example", "PORT": "587", "PASSWORD_FILE": str(tmp_path / "secret")}
    server = mail_server({f"DASHBOARD_SMTP_{name}": value for name, value in said.items()})
    assert server is not None and server.password == "s3cret" and "s3cret" not in repr(server)


def test_the_command_mails_whoever_owes_and_names_who_could_not_be_reached(
    postbox: tuple[Postbox, MailServer],
    tmp_path: Path,
    plans: dict[str, Plan],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    box, server = postbox
    url = f"duckdb:///{tmp_path / 'real.duckdb'}"
    six_of_seven(url, plans["jxfs"])
    database = open_database(url)
    add_address(database, HAIYAN, "a@hy.example", now=datetime(2025, 10, 20))
    add_address(database, NANHU, "a@nh.example", now=datetime(2025, 10, 20))
    database.close()
    monkeypatch.setenv("DASHBOARD_SMTP_HOST", server.host)
    monkeypatch.setenv("DASHBOARD_SMTP_PORT", str(server.port))
    monkeypatch.setenv("DASHBOARD_SMTP_FROM", server.sender)
    assert main(["--plan", "jxfs", "--period", "2025Q3", "--database", url, "--send"]) == 1
    said = capsys.readouterr()
    assert [letter["To"] for letter in box.letters] == ["a@hy.example"]
    assert "海盐县：已发到 a@hy.example" in said.out and "没有邮箱" in said.err
    database = open_database(url)
    detail = list_entries(database, action="remind").iloc[0]["detail"]
    database.close()
    assert detail["units"] == [HAIYAN] and HAIYAN not in detail["failed"] and len(detail["failed"]) == 3


def test_the_command_without_a_server_prints_the_words_and_says_what_is_missing(
    tmp_path: Path, plans: dict[str, Plan], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    url = f"duckdb:///{tmp_path / 'real.duckdb'}"
    six_of_seven(url, plans["jxfs"])
    monkeypatch.delenv("DASHBOARD_SMTP_HOST", raising=False)
    assert main(["--plan", "jxfs", "--period", "2025Q3", "--database", url, "--send"]) == 1
    said = capsys.readouterr()
    assert "海盐" in said.out and "DASHBOARD_SMTP_HOST" in said.err

"""E-mail over the site's own SMTP server, where one is configured. Nothing else ever leaves the machine.

DASHBOARD_SMTP_HOST and DASHBOARD_SMTP_FROM are needed. DASHBOARD_SMTP_SECURITY is starttls, tls or
none; the port decides unless it is said (465: tls, 587: starttls, else none). A password is only
sent over an encrypted line or to this very machine.
"""

import smtplib
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Literal, get_args

Security = Literal["starttls", "tls", "none"]
NO_HOST = "设置了 {names}，还缺 DASHBOARD_SMTP_HOST。({names}: DASHBOARD_SMTP_HOST is missing.)"
NO_PORT = "DASHBOARD_SMTP_PORT 应是端口号，现在是“{port}”。(DASHBOARD_SMTP_PORT is the number of a port, not {port}.)"
NO_SENDER = (
    "DASHBOARD_SMTP_FROM 应是发信用的邮箱地址。(DASHBOARD_SMTP_FROM must be the address that reminders come from.)"
)
NO_SUCH_SECURITY = (
    "DASHBOARD_SMTP_SECURITY 只能是 {known}，现在是“{said}”。(DASHBOARD_SMTP_SECURITY: {said} is not one of {known}.)"
)
UNREADABLE = "DASHBOARD_SMTP_PASSWORD_FILE：读不到 {file}：{why}。(The file cannot be read.)"
IN_THE_OPEN = (
    "邮箱密码会明文发送：请把 DASHBOARD_SMTP_SECURITY 设为 starttls 或 tls。"
    "(A password would be sent in the open: set DASHBOARD_SMTP_SECURITY to starttls or tls.)"
)
USUAL: dict[int, Security] = {465: "tls", 587: "starttls"}
PATIENCE = 20
"""Seconds to wait for an answer of the server."""
HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class MailServer:
    host: str
    port: int
    sender: str
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Mail:
    """To one unit, at all its addresses."""

    unit: str
    to: tuple[str, ...]
    subject: str
    body: str


@dataclass(frozen=True)
class Outcome:
    """`why` it was not sent, in the server's words; None: the server took it."""

    mail: Mail
    why: str | None = None


def mail_server(environment: Mapping[str, str]) -> MailServer | None:
    """The configured server, or None. Raises ValueError for settings that contradict each other."""
    said = {name: environment.get(f"DASHBOARD_SMTP_{name}", "").strip() for name in ("HOST", "FROM", "USER")}
    if not said["HOST"]:
        if stray := sorted(name for name in environment if name.startswith("DASHBOARD_SMTP_") and environment[name]):
            raise ValueError(NO_HOST.format(names=", ".join(stray)))
        return None
    number = environment.get("DASHBOARD_SMTP_PORT") or "25"
    if not number.isdecimal() or not 0 < int(number) < 65536:
        raise ValueError(NO_PORT.format(port=number))
    port = int(number)
    security = environment.get("DASHBOARD_SMTP_SECURITY") or USUAL.get(port, "none")
    if "@" not in said["FROM"]:
        raise ValueError(NO_SENDER)
    if security not in get_args(Security):
        raise ValueError(NO_SUCH_SECURITY.format(said=security, known=", ".join(get_args(Security))))
    password = environment.get("DASHBOARD_SMTP_PASSWORD", "")
    if file := environment.get("DASHBOARD_SMTP_PASSWORD_FILE"):
        try:
            password = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ValueError(UNREADABLE.format(file=file, why=error.strerror)) from None
    if password and security == "none" and said["HOST"] not in HERE:
        raise ValueError(IN_THE_OPEN)
    return MailServer(said["HOST"], port, said["FROM"], security, said["USER"], password)  # type: ignore[arg-type]


def send_mails(server: MailServer, mails: Iterable[Mail]) -> list[Outcome]:
    """Send each; one that is refused does not keep the others back."""
    waiting = list(mails)
    if not waiting:
        return []
    try:
        with _connected(server) as line:
            return [_send(line, server, mail) for mail in waiting]
    except (OSError, smtplib.SMTPException) as error:
        return [Outcome(mail, _words(error)) for mail in waiting]


def _connected(server: MailServer) -> smtplib.SMTP:
    """A line to the server, encrypted and signed in as configured."""
    secure = ssl.create_default_context()
    if server.security == "tls":
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=secure)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        if server.security == "starttls":
            line.starttls(context=secure)
        if server.user:
            line.login(server.user, server.password)
    except (OSError, smtplib.SMTPException):
        line.close()
        raise
    return line


def _send(line: smtplib.SMTP, server: MailServer, mail: Mail) -> Outcome:
    try:
        refused = line.send_message(_message(server, mail))
    except smtplib.SMTPServerDisconnected as error:
        return Outcome(mail, _words(error))
    except smtplib.SMTPException as error:
        line.rset()
        return Outcome(mail, _words(error))
    return Outcome(mail, "; ".join(f"{to}: {_answer(answer)}" for to, answer in refused.items()) or None)


def _message(server: MailServer, mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, ", ".join(mail.to), mail.subject
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2].rstrip(">"))
    message["Auto-Submitted"] = "auto-generated"  # so that no absence notice answers it
    message.set_content(mail.body)
    return message


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{to}: {_answer(answer)}" for to, answer in error.recipients.items())
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer((error.smtp_code, error.smtp_error))
    return str(error) or type(error).__name__


def _answer(answer: tuple[int, bytes | str]) -> str:
    code, said = answer
    return f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"

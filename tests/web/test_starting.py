"""A start that cannot succeed: one sentence, whichever way the server is started."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from server import require_place
from web.starting import SETTINGS, port_of, require_settings

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("DASHBOARD_DATABSE", "duckdb:///var/x.duckdb", "是否想写 DASHBOARD_DATABASE"),
        ("DASHBOARD_OIDC_ISSUER", "https://idp.example", "DASHBOARD_OIDC_CLIENT"),
        ("DASHBOARD_SMTP_PORT", "465", "DASHBOARD_SMTP_HOST is missing"),
    ],
)
def test_a_wrong_setting_is_named(setting: str, value: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        require_settings({setting: value, "PATH": "/usr/bin"})


@pytest.mark.parametrize("setting", ["DASHBOARD_PLANS", "DASHBOARD_TEMPLATES"])
def test_a_folder_that_is_not_there_is_named(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(setting, "/nowhere")
    with pytest.raises(ValueError, match=f"{setting}：/nowhere 不是文件夹"):
        require_settings()


@pytest.mark.parametrize("wrong", ["abc", "-1", "65536", "80.5"])
def test_a_port_is_a_number_a_socket_takes(wrong: str) -> None:
    assert port_of({}) == port_of({"DASHBOARD_PORT": " "}) == 8501
    with pytest.raises(ValueError, match=f"现在是“{re.escape(wrong)}”"):
        port_of({"DASHBOARD_PORT": wrong})


def test_an_address_that_is_not_ours_is_not_taken_for_a_busy_port() -> None:
    with pytest.raises(SystemExit, match="DASHBOARD_HOST"):
        require_place("192.0.2.1", 8501)
    with pytest.raises(SystemExit, match="DASHBOARD_HOST"):
        require_place("999.1.1.1", 8501)
    with socket.create_server(("127.0.0.1", 0)) as busy, pytest.raises(SystemExit, match="已被占用"):
        require_place("127.0.0.1", busy.getsockname()[1])


def test_every_setting_the_code_asks_for_is_known_and_in_both_manuals() -> None:
    folders = ("store", "loaders", "exports", "pages", "web", "charts")
    code = [file.read_text(encoding="utf-8") for folder in folders for file in (ROOT / folder).rglob("*.py")]
    asked = set(re.findall(r'get\(\s*"(DASHBOARD_[A-Z_]+)"', "".join(code)))
    assert {"DASHBOARD_DATABASE", "DASHBOARD_PORT", "DASHBOARD_SMTP_PORT"} <= asked <= SETTINGS
    for manual in ("operating.md", "operating.zh-CN.md"):
        words = (ROOT / "docs" / manual).read_text(encoding="utf-8")
        assert [name for name in sorted(SETTINGS) if name not in words] == []


@pytest.mark.parametrize("command", [["server.py"], ["-m", "uvicorn", "server:app", "--port", "0"]])
def test_a_start_that_cannot_succeed_tells_its_sentence_and_nothing_else(command: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8", "DASHBOARD_DATABASE": f"duckdb:///{ROOT}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
    )
    assert ended.returncode != 0
    assert "数据库打不开" in ended.stderr
    assert "Traceback" not in ended.stderr and "File " not in ended.stderr

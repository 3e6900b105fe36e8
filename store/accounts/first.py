"""The first administrator of a real database: made at the machine itself, never by a default."""

import sys
from collections.abc import Callable
from datetime import datetime
from getpass import getpass

from store.accounts.passwords import WeakPassword, require_strong
from store.accounts.register import AccountRefused, accounts_exist, add_account, require_name
from store.database import Database

COMMAND = "python -m store.accounts add NAME --role administrator --label 姓名 --own --database {url}"
ASK = (
    "这个数据库还没有账号。先设一个管理员（随时可用 Ctrl+C 退出）。\n"
    "(This database has no accounts yet. First set up an administrator; Ctrl+C leaves.)"
)
NO_ADMINISTRATOR = (
    "这个数据库还没有账号，看板不启动。请先在本机设一个管理员：\n"
    "(This database has no accounts, so the dashboard does not start. Set up an administrator on this machine first:)\n"
    "  " + COMMAND
)
LEFT = "没有设管理员，看板没有启动。(No administrator was set up; the dashboard was not started.)"
REASONS = {
    "short": "密码至少 10 个字符 (at least 10 characters)",
    "long": "密码过长 (too long)",
    "name": "密码不能包含账号名 (must not contain the account's name)",
    "plain": "密码须含大写、小写、数字、符号中的三类，或不少于 16 个字符 (three kinds of characters, or 16 of any)",
    "taken": "账号已存在 (taken)",
    "label": "请填写姓名 (a name to show is needed)",
    "role": "没有这个角色 (no such role)",
    "unit": "县区、部门账号须写明单位，其他角色不带单位 (a county or department needs --unit, others have none)",
    "no_unit": "没有方案要这个单位报送，见 data/units.csv (no plan asks this unit for anything: see data/units.csv)",
    "unknown": "没有这个账号 (no such account)",
    "last": "这是最后一个可用的管理员 (the last administrator who can sign in)",
}
NAME_RULE = "账号名 2 至 64 个字符，只用字母、数字和 . _ - @ (2 to 64 letters, digits, . _ - @)"


def said(why: str) -> str:
    return NAME_RULE if why == "name_rule" else REASONS[why]


def require_administrator(database: Database, ask: Callable[[str], str] = input) -> None:
    """Ask for the first administrator on the terminal; without one, end with the command to run."""
    if database.sample or accounts_exist(database):
        return
    if not sys.stdin.isatty():
        raise SystemExit(NO_ADMINISTRATOR.format(url=database.url))
    print(ASK)
    try:
        while not _added(database, ask):
            pass
    except (KeyboardInterrupt, EOFError):
        raise SystemExit(f"\n{LEFT}") from None


def _added(database: Database, ask: Callable[[str], str]) -> bool:
    """One round of questions; what is wrong with an answer is said before the next is asked for."""
    try:
        name = ask("账号 / account name: ")
        require_name(name)
        label = ask("姓名 / name to show: ")
        add_account(
            database, name, label=label, role="administrator", unit=None,
            password=typed_twice(name), must_change=False, now=datetime.now(),
        )  # fmt: skip
    except AccountRefused as refused:
        print(said("name_rule" if refused.why == "name" else refused.why))
        return False
    return True


def typed_twice(name: str) -> str:
    """A password from the terminal, never shown; asked until it is strong and typed the same twice."""
    while True:
        password = getpass("密码 / password: ")
        try:
            require_strong(password, name)
        except WeakPassword as weak:
            print(said(weak.why))
            continue
        if getpass("再输一次 / once more: ") == password:
            return password
        print("两次输入不一致 (the two differ)")

"""Under which names and addresses the dashboard may be reached."""

import ipaddress
import os
from collections.abc import Mapping
from urllib.parse import urlsplit

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
LOOPBACK_ONLY = (
    "看板目前没有账号，只允许本机访问（127.0.0.1），拒绝在 {host} 上监听。"
    "(There are no accounts yet, so the dashboard answers on this machine only and refuses {host}.)"
)
NAMES_NEEDED = (
    "在 {host} 上监听时，须用 DASHBOARD_HOSTS 写明访问者使用的主机名或地址，例如 DASHBOARD_HOSTS=kanban.example.cn。"
    "(To listen on {host}, say under which names people will come: DASHBOARD_HOSTS=kanban.example.cn.)"
)
UNKNOWN_HOST = (
    "看板不以“{host}”这个名字提供服务；可由管理员加入 DASHBOARD_HOSTS。"
    "(The dashboard is not known under the name {host}; an administrator may add it to DASHBOARD_HOSTS.)"
)
FOREIGN = (
    "这个请求来自别的网站，或反向代理没有原样转发 Host。"
    "(This came from another site, or the reverse proxy does not pass on Host as it was.)"
)


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_every_address(host: str) -> bool:
    """0.0.0.0 and :: say where to listen, but nobody comes under that name."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def host_names(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Names that may stand in a request's Host: against pages elsewhere that point their name at us."""
    said = [name.strip().lower() for name in environment.get("DASHBOARD_HOSTS", "").split(",")]
    own = environment.get("DASHBOARD_HOST", "").strip().lower()
    bracketed = f"[{own}]" if ":" in own else own
    names = [*LOOPBACK_NAMES, *said, *([] if is_every_address(own) else [bracketed])]
    return list(dict.fromkeys(name for name in names if name))


def name_of(host: str) -> str:
    """The name in a Host header, without its port."""
    head, _, port = host.strip().lower().rpartition(":")
    return (head if head and port.isdigit() else host.strip().lower()).rstrip(".")


def same_origin(headers: Mapping[str, str]) -> bool:
    """A page of ours asked. Browsers name the origin of every form they post and every socket they open."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    return urlsplit(origin).netloc == headers.get("host")

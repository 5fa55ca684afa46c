"""What a file has besides its bytes, taken over by the one that replaces it or is made from it; never so that more people may read it."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress

_ACL = "system.posix_acl_access"
_OF_THE_SYSTEM = ("security.", "trusted.", "system.")  # set by the kernel or by root; what cannot be copied is made anew by them
_READ_AND_WRITE = 0o666
_OWN = 0o600
_GROUP_LOST = "its group could not be kept, so all but the owner have only the rights that both the group and everybody else had"
_SET_IDS = stat.S_ISUID | stat.S_ISGID


def take_over(handle: int, path: str, old: os.stat_result) -> tuple[str, ...]:
    """Give the open file the owner, group, mode, access list and extended attributes of the file at `path`.

    Answers with what could not be kept, in words. Where the group or the access
    list is lost, all but the owner may do only what both the group and everybody
    else could.
    """
    if sys.platform == "win32":
        return ()
    owner_kept, group_kept = _take_owner(handle, old)
    mode = stat.S_IMODE(old.st_mode)
    if not (owner_kept and group_kept):
        mode &= ~_SET_IDS
    narrow = mode if group_kept else _narrowed(mode)
    lost = [_GROUP_LOST] if narrow != mode else []
    os.fchmod(handle, narrow)
    if sys.platform == "linux":
        lost += _take_list(handle, path, narrow, may_list=group_kept)
        lost += _take_others(handle, path)
    return tuple(lost)


def take_access(handle: int, draft: str) -> None:
    """Open a new file to those who may read and write the draft that it was made from, but for the umask's bits."""
    if sys.platform == "win32":
        return
    old = os.stat(draft)  # noqa: PTH116 - as the functions beside it
    mode = (stat.S_IMODE(old.st_mode) & _READ_AND_WRITE | _OWN) & ~_umask()
    if not (group_kept := _take_group(handle, old)):
        mode = _narrowed(mode)
    os.fchmod(handle, mode)
    if sys.platform == "linux" and not _take_list(handle, draft, mode, may_list=group_kept):
        os.fchmod(handle, mode)  # a list brings rights of its own, which the mode bounds


def _umask() -> int:
    """The system tells it only to who sets one; for that moment, one that is stricter than any usual."""
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


def _take_owner(handle: int, old: os.stat_result) -> tuple[bool, bool]:
    """Whether the file has the owner and the group now. Only root may give files away; a member may give them to a group."""
    new = os.fstat(handle)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        for owner in (old.st_uid, -1):
            try:
                os.fchown(handle, owner, old.st_gid)
                break
            except OSError:  # not permitted, or an owner that is unknown in this container; what came of it is looked at below
                continue
        new = os.fstat(handle)
    return new.st_uid == old.st_uid, new.st_gid == old.st_gid


def _take_group(handle: int, old: os.stat_result) -> bool:
    with suppress(OSError):  # as above
        os.fchown(handle, -1, old.st_gid)
    return os.fstat(handle).st_gid == old.st_gid


def _narrowed(mode: int) -> int:
    """The rights of the group and of everybody cut down to those that both have: each may now be counted among the other."""
    both = mode >> 3 & mode & 0o007
    return mode & ~0o077 | both << 3 | both


def _take_list(handle: int, path: str, mode: int, *, may_list: bool) -> list[str]:
    """The access list, where it `may_list`. One that the folder gave the new file is taken away."""
    if _ACL in _attributes(handle):
        os.removexattr(handle, _ACL)
        os.fchmod(handle, mode)
    if _ACL not in _attributes(path):
        return []
    with suppress(OSError):  # whatever the reason, it is said, and the rights are cut down
        if may_list:
            os.setxattr(handle, _ACL, os.getxattr(path, _ACL))
            return []
    os.fchmod(handle, _narrowed(mode))  # without the list, its mask would become the rights of the group
    return ["its access list could not be kept"]


def _take_others(handle: int, path: str) -> list[str]:
    """The other extended attributes."""
    lost = []
    for name in _attributes(path):
        try:
            if name != _ACL:
                os.setxattr(handle, name, os.getxattr(path, name))
        except OSError:
            if not name.startswith(_OF_THE_SYSTEM):
                lost.append(f"its attribute {name} could not be kept")
    return lost


def _attributes(of: int | str) -> list[str]:
    """The names of extended attributes; none where the file system has no such thing."""
    try:
        return os.listxattr(of)
    except OSError as error:
        if error.errno == errno.ENOTSUP:
            return []
        raise

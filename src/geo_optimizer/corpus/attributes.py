"""What a file has besides its bytes, taken over by the one that replaces it; never so that more people may read it."""

from __future__ import annotations

import errno
import os
import stat
import sys

_ACL = "system.posix_acl_access"
_OF_THE_SYSTEM = ("security.", "trusted.", "system.")  # set by the kernel or by root; what cannot be copied is made anew by them
_GROUP = 0o070
_SET_IDS = stat.S_ISUID | stat.S_ISGID


def take_over(handle: int, path: str, old: os.stat_result) -> tuple[str, ...]:
    """Give the open file the owner, group, mode, access list and extended attributes of the file at `path`.

    Answers with what could not be kept, in words. Where the group or the access
    list is lost, the group may do no more than everybody may.
    """
    if sys.platform == "win32":
        return ()
    owner_kept, group_kept = _take_owner(handle, old)
    mode = stat.S_IMODE(old.st_mode)
    if not (owner_kept and group_kept):
        mode &= ~_SET_IDS
    narrow = mode if group_kept else _narrowed(mode)
    lost = ["its group could not be kept, so the new group has the rights of everybody else"] if narrow != mode else []
    os.fchmod(handle, narrow)
    return (*lost, *(_take_attributes(handle, path, narrow, may_list=group_kept) if sys.platform == "linux" else ()))


def _take_owner(handle: int, old: os.stat_result) -> tuple[bool, bool]:
    """Whether the file has the owner and the group now. Only root may give files away; a member may give them to a group."""
    new = os.fstat(handle)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        for owner in (old.st_uid, -1):
            try:
                os.fchown(handle, owner, old.st_gid)
                break
            except PermissionError:
                continue
        new = os.fstat(handle)
    return new.st_uid == old.st_uid, new.st_gid == old.st_gid


def _narrowed(mode: int) -> int:
    """The group's rights cut down to those of everybody."""
    return mode & ~_GROUP | mode & (mode & 0o007) << 3


def _take_attributes(handle: int, path: str, mode: int, *, may_list: bool) -> tuple[str, ...]:
    """Extended attributes, and the access list where it `may_list`. A list that the folder gave the new file is taken away."""
    try:
        names = os.listxattr(path)
        if _ACL in os.listxattr(handle):
            os.removexattr(handle, _ACL)
            os.fchmod(handle, mode)
    except OSError as error:
        if error.errno == errno.ENOTSUP:
            return ()
        raise
    lost = []
    for name in names:
        try:
            if name == _ACL and not may_list:
                raise PermissionError(errno.EPERM, "a list for another group")
            os.setxattr(handle, name, os.getxattr(path, name))
        except OSError:
            if name == _ACL:  # without the list, its mask would become the rights of the group
                os.fchmod(handle, _narrowed(mode))
                lost.append("its access list could not be kept")
            elif not name.startswith(_OF_THE_SYSTEM):
                lost.append(f"its attribute {name} could not be kept")
    return tuple(lost)

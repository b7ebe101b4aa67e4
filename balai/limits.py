"""What a program that opens an untrusted file may use: called first, by that program itself (`balai.reading`).

TRUST_UX.md 25: ten seconds, 512 MB. The processor's share ends before the clock does.
"""

import os
import resource

CPU_SECONDS = 8
MEMORY_BYTES = 512 * 1024 * 1024
GENTLE = 19  # a page that somebody waits for comes first


def limit_myself(cpu_seconds: int | None = None, memory_bytes: int | None = None) -> None:
    """Little time, little memory, no file written, no program started; whatever goes beyond ends this process."""
    os.nice(GENTLE)
    for kind, most in (
        (resource.RLIMIT_CPU, cpu_seconds or CPU_SECONDS),
        (resource.RLIMIT_AS, memory_bytes or MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))

"""The demo's and the tests' world: a real sshd, a real S3 server, and a made-up vendor's leftovers to put on them.

Nothing here is part of the wheel. Every value is synthetic and derived from a seed; every server listens on loopback
only, keeps all its state under one folder it is given, and is stopped together with the process that started it.
"""

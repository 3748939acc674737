"""The commands of `auditor`, one a file: `add_arguments(parser)` and `run(arguments) -> exit code`."""

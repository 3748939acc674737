"""Parsers run here: killable processes without credentials, which are fed bytes and give back masked matches.

`pool` is the audit's side. It has `zygote`, a small process with a clean environment that compiles the rules once, fork a `worker`
whenever one is needed, in a few milliseconds (`zygote_client`). `feed` brings an asset's bytes to a worker, `wire` is what both
sides speak, `confine` takes from a worker what it does not need, `replay` writes down what workers found.
A long file is several tasks: `slices` finds where its parts end, `division` writes them down in their order (docs/decisions/015).

`cluster` stands in the pool's place where `--executor` names a cluster: it sends `shard`s of assets to an `engine` (dask), whose
workers examine them with pools of their own (`remote`); `arrivals` writes down what they send back.
"""

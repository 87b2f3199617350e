"""Whether the service stands while its parts die: a cluster, a load, a judgement."""

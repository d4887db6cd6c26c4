"""Answers one page a line on standard input with one line on standard output; see trafilatura.js."""

import json
import sys
import time

import trafilatura

for line in sys.stdin:
    page = json.loads(line)
    started = time.process_time()
    found = trafilatura.bare_extraction(page["html"], url=page["url"], with_metadata=True)
    cpu = (time.process_time() - started) * 1000
    answer = {} if found is None else {key: getattr(found, key) for key in ("text", "title", "author", "date")}
    print(json.dumps({**answer, "cpuMs": cpu}), flush=True)

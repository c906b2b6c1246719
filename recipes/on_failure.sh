#!/bin/sh
# An example of what zt run --on-failure calls: the run record of a case that does not agree comes as JSON on stdin.
# It keeps the record as one line of a file, and mails a line if ZT_MAILTO is set.
#   ZT_FAILURES  the file (default: zt-failures.jsonl in the home folder)
#   ZT_MAILTO    an address that the mail program of the system can reach
set -eu

record=$(cat)
line=$(printf '%s' "$record" | python3 -c '
import json, sys

record = json.load(sys.stdin)
why = record.get("error", {}).get("message") or "verdicts %s" % record.get("summary", {}).get("verdicts", {})
print("zt %s: %s, exit code %d: %s" % (record["case"], record["status"], record["exit_code"], why.splitlines()[0]))
')
printf '%s\n' "$record" >> "${ZT_FAILURES:-$HOME/zt-failures.jsonl}"
echo "$line" >&2
if [ -n "${ZT_MAILTO:-}" ]; then
    printf '%s\n' "$line" | mail -s "$line" "$ZT_MAILTO"
fi

# Runs one PostgreSQL program and stops it when our standard input ends: the other end of that pipe
# belongs to the Java process, so the program goes when Java goes, however Java went.
#   $1 cluster folder, reachable by the program as descriptor 9
#   $2 password file, as descriptor 8
#   $3 log file
#   $4 account to step down to (a number), or empty
#   then the program and its arguments
exec 3<&0 9<"$1" 8<"$2" >>"$3" 2>&1 </dev/null
account=$4
shift 4
if [ -n "$account" ]; then
  group=$(id -g "$account" 2>/dev/null || echo "$account")
  set -- setpriv --reuid "$account" --regid "$group" --clear-groups --no-new-privs "$@"
fi
# Descriptor 3 is named in full below: a job in the background gets /dev/null for standard input.
"$@" 3<&- &
server=$!
(
  exec 8<&- 9<&-
  while read -r _ <&3; do :; done
  kill -INT "$server"
  waited=0
  while kill -0 "$server" && [ "$waited" -lt 30 ]; do
    sleep 1
    waited=$((waited + 1))
  done
  kill -QUIT "$server"
) 2>/dev/null &
watcher=$!
exec 3<&- 8<&- 9<&-
wait "$server"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"

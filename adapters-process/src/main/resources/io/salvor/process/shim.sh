#!/bin/sh
# Salvor's shim: starts one attempt's agent, outlives the server, and writes down how the agent ended.
#
# usage: shim.sh WORKSPACE LOCK SECONDS BOOT MARKER UMASK LOCALE SETSID FLOCK SLEEP MV WC PROGRAM [ARGUMENT...]
#
# Runs in the attempt's flight recorder, in a session of its own. The agent gets another session, so that what ends the
# agent's group leaves the shim to write the exit. One line on standard output says that the question is settled; the
# answer is in the files. Few forks: the time until the agent's first instruction is felt.

# Takes the words of /proc/PID/stat. This shell's own name has no blanks in it.
identify() {
  pid=$1
  shift 21
  ticks=$1
}

# How much the agent had said when it was first asked to end: what comes later may be the answer to that. The server notes
# the same where it asks first.
note_stop() {
  (set -C && "$wc" -c <stdout >stop)
}

# Ends the agent at its deadline, also where no server runs any more. The clock of sleep is monotonic.
keep_deadline() {
  trap 'kill -s KILL $!; exit 0' TERM
  exec >/dev/null 9>&-
  "$sleep" "$seconds" &
  wait $!
  read -r leader born _ <started || exit 0
  read -r stat <"/proc/$leader/stat" || exit 0
  identify PID NAME ${stat##*) }
  [ "$ticks" = "$born" ] || exit 0
  : >deadline
  note_stop
  kill -s TERM -- "-$leader" "$leader"
  "$sleep" 5 &
  wait $!
  kill -s KILL -- "-$leader" "$leader"
}

# The window first: an agent that cannot be watched as it should does not start.
open_window() {
  [ -e window ] || return 0
  { read -r script && read -r tmux && read -r socket && read -r name && read -r shown; } <window
  words=$(/bin/sh "$script" open "$tmux" "$socket" "$name" "$shown" $$ 2>&1) && return 0
  printf 'FAILED\ntmux opens no window: %s\n%s -S %s new-session\n' "$words" "$tmux" "$socket" >refused
  return 1
}

# Ends the agent when its window is gone: closed by a person, or its tmux ended or killed.
keep_window() {
  exec >/dev/null 9>&- 7>>watched
  "$flock" 7 &
  trap 'kill -s KILL $!; exit 0' TERM
  wait $!
  until [ -s started ]; do
    [ -e refused ] && exit 0
    "$sleep" 0.02 &
    wait $!
  done
  read -r leader born _ <started || exit 0
  read -r stat <"/proc/$leader/stat" || exit 0
  identify PID NAME ${stat##*) }
  state=${stat##*) }
  [ "$ticks" = "$born" ] && [ "${state%% *}" != Z ] || exit 0
  : >closed
  note_stop
  kill -s HUP -- "-$leader" "$leader"
  "$sleep" 5 &
  wait $!
  kill -s KILL -- "-$leader" "$leader"
}

run_agent() {
  cd -- "$workspace" || { echo WORKSPACE_GONE >"$folder/refused"; echo settled; exit 0; }
  unset OLDPWD
  export SALVOR_ATTEMPT="$marker"
  # The shim itself runs in the C locale: its programs start in half the time.
  if [ -n "$locale" ]; then LC_ALL=$locale; else unset LC_ALL; fi
  read -r stat </proc/self/stat
  identify $stat
  echo "$pid $ticks $boot" >"$folder/started" || exit 0
  echo settled
  trap - PIPE
  umask "$mask"
  exec "$setsid" "$@" <"$folder/prompt" >>"$folder/stdout" 2>>"$folder/stderr"
}

# Written over a file that lies ready, so that it needs no room on a disk that is full.
note_exit() {
  read -r leader _ <started || return
  how=itself
  if [ -e deadline ]; then
    how=deadline
    kill -s KILL -- "-$leader"
  elif [ -e closed ]; then
    how=window
    kill -s KILL -- "-$leader"
  fi
  { echo "$1 $how" 1<>exit.part && "$mv" -f exit.part exit; } || echo "$1 $how" >exit
}

main() {
  workspace=$1 lock=$2 seconds=$3 boot=$4 marker=$5 mask=$6 locale=$7 setsid=$8 flock=$9
  shift 9
  sleep=$1 mv=$2 wc=$3
  shift 3
  folder=$PWD
  # The server may be gone when the line is written.
  trap '' PIPE

  # The ticket comes first. Whoever loses steps back.
  read -r stat <"/proc/$$/stat"
  identify $stat
  set -C
  echo "shim $pid $ticks $boot" >ticket || exit 0
  set +C

  # Inherited by all that the agent starts: while one of them lives, the lock is not free.
  exec 9>>"$lock"
  "$flock" -w 2 9 || { echo WORKSPACE_LOCKED >refused; echo settled; exit 0; }

  open_window || { echo settled; exit 0; }

  # Before the traps below: a shell that is forked with traps set loses signals until it has reset them.
  keep_deadline &
  watcher=$!
  window_watcher=
  if [ -e window ]; then
    keep_window &
    window_watcher=$!
  fi
  # Handled and not ignored: what is ignored here would be ignored by the agent too.
  trap : HUP INT QUIT TERM
  (run_agent "$@")
  note_exit $?
  kill "$watcher" $window_watcher
} 2>>shim.log

umask 077
main "$@"
exit 0

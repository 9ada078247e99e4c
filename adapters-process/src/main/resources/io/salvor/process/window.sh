#!/bin/sh
# The window of one attempt: a tmux server of its own, with one session that shows what the agent says.
#
# usage: window.sh open TMUX SOCKET NAME FILE SHIM    run by the shim: returns when it is there; else says why not
#        window.sh show RECORDER FILE SHIM            what runs in the window: shows FILE and the standard error
#
# Both run in the attempt's flight recorder. Nothing of the agent runs in the window, and nothing of its environment gets
# there. Whoever watches holds the lock `watched`: when it is free, the window is gone, however that came about. The
# PATH is this script's own.
PATH=/usr/bin:/bin:/usr/sbin:/usr/local/bin

# No settings and no server of the person's: whatever they do with their own tmux is nothing to the agent.
with_tmux() {
  (
    cd / && exec env -i PATH="$PATH" LC_ALL=C.UTF-8 SHELL=/bin/sh TERM=screen \
      timeout 20 "$tmux" -S "$socket" -f /dev/null "$@" 9>&-
  )
}

# In one line, where it fails.
open() {
  words=$(set_up "$@" 2>&1) || { printf '%s\n' "${words:-it ends with status $?}" | tail -n 1; exit 1; }
}

set_up() {
  tmux=$1 socket=$2 name=$3 file=$4 shim=$5
  rm -f "$socket"
  with_tmux new-session -d -s "$name" -x 160 -y 48 /bin/sh "$script" show "$PWD" "$file" "$shim" || exit
  until [ -e watching ]; do
    with_tmux has-session || exit
    sleep 0.02
  done
}

# Whether the agent lives: this very process, and not as a zombie.
lives() {
  { read -r stat <"/proc/$leader/stat"; } 2>/dev/null || return 1
  set -- ${stat##*) }
  [ "$1" != Z ] && [ "${20}" = "$born" ]
}

# Keys are nothing to it; the window ends with the agent, or by being closed.
show() {
  cd -- "$1" || exit 1
  file=$2 shim=$3
  trap '' INT QUIT TSTP
  exec 8>>watched
  flock 8
  : >watching
  until [ -s started ]; do
    kill -0 "$shim" 2>/dev/null || exit 0
    sleep 0.02 8>&-
  done
  read -r leader born _ <started
  : >>"$file"
  tail -q -s 0.1 -n +1 -f "$file" stderr 8>&- &
  while lives; do
    sleep 0.5 8>&-
  done
  sleep 0.2 8>&- # time for its last words
  kill $!
}

script=$0
"$@"

#!/bin/sh
# Stands in for Claude Code: says what it says in its stream-json, and mends the cart.
case $1 in --version) echo '2.1.197 (Claude Code)'; exit ;; esac
session=$(printf '%s\n' "$@" | sed -n '/^--\(session-id\|resume\)$/{n;p;}')
cat >/dev/null

say() { printf '%s\n' "$1" | sed "s/SESSION/$session/"; }

say '{"type":"system","subtype":"init","session_id":"SESSION","tools":["Bash","Edit"],"mcp_servers":[],"model":"claude-opus-4-8","permissionMode":"acceptEdits","claude_code_version":"2.1.197"}'
say '{"type":"assistant","message":{"id":"msg_0","type":"message","role":"assistant","model":"claude-opus-4-8","content":[{"type":"text","text":"The sum of floats drifts; I round it to cents."},{"type":"tool_use","id":"toolu_0","name":"Edit","input":{"file_path":"cart.py","old_string":"sum(prices)","new_string":"round(sum(prices), 2)"}}],"usage":{"input_tokens":3120,"output_tokens":96,"cache_creation_input_tokens":0,"cache_read_input_tokens":0}},"session_id":"SESSION"}'
sed -i 's/sum(prices)/round(sum(prices), 2)/' cart.py
say '{"type":"user","message":{"role":"user","content":[{"tool_use_id":"toolu_0","type":"tool_result","content":"The file cart.py has been updated.","is_error":false}]},"session_id":"SESSION"}'
say '{"type":"assistant","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-opus-4-8","content":[{"type":"tool_use","id":"toolu_1","name":"Bash","input":{"command":"git commit -qam \"Round the total to cents\""}}],"usage":{"input_tokens":3260,"output_tokens":41,"cache_creation_input_tokens":0,"cache_read_input_tokens":0}},"session_id":"SESSION"}'
git commit -qam 'Round the total to cents'
say '{"type":"user","message":{"role":"user","content":[{"tool_use_id":"toolu_1","type":"tool_result","content":"(Bash completed with no output)","is_error":false}]},"session_id":"SESSION"}'
say '{"type":"assistant","message":{"id":"msg_2","type":"message","role":"assistant","model":"claude-opus-4-8","content":[{"type":"text","text":"total() now rounds to cents, and the change is committed."}],"usage":{"input_tokens":3330,"output_tokens":18,"cache_creation_input_tokens":0,"cache_read_input_tokens":0}},"session_id":"SESSION"}'
say '{"type":"result","subtype":"success","is_error":false,"duration_ms":9120,"num_turns":3,"result":"total() now rounds to cents, and the change is committed.","session_id":"SESSION","total_cost_usd":0.052425,"usage":{"input_tokens":9710,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":155},"permission_denials":[]}'

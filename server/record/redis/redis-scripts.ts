import { defineScript } from './redis-client.ts';

/**
 * How the record lies in Redis (format 1). All keys share the hash tag `{prefix}`, so one Cluster shard has them.
 *
 *   {prefix}:meta       hash: format, mode, epoch, seq (the counter), lastAt (ms), restoring while a restore runs
 *   {prefix}:positions  stream: id `seq-0`, fields t (atMs in digits) and b (the body)
 *   {prefix}:events     stream: the same
 *   {prefix}:shelf      hash: key to bytes
 *   {prefix}:lease:name string: who holds that lease, expiring; meta has its last fence as `fence:name`
 *
 * Scripts begin with `#!lua`: then Redis refuses them whole and beforehand (OOM, READONLY, MISCONF, NOREPLICAS)
 * if it refuses writes now. So a script that may write but has no need to is a probe that leaves no trace.
 */
export interface RecordKeys {
  readonly meta: string;
  readonly positions: string;
  readonly events: string;
  readonly shelf: string;
  lease(name: string): string;
}

export function recordKeys(prefix: string): RecordKeys {
  const key = (name: string): string => `{${prefix}}:${name}`;
  return {
    meta: key('meta'),
    positions: key('positions'),
    events: key('events'),
    shelf: key('shelf'),
    lease: (name) => key(`lease:${name}`),
  };
}

const topOfStreams = `
local function top(key)
  local info = redis.pcall('XINFO', 'STREAM', key)
  if info.err then return 0 end
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then return tonumber(string.match(info[i + 1], '^%d+')) end
  end
  return 0
end
`;

/**
 * The one step of appends. KEYS meta, the entries' stream, the other stream; ARGV epoch, highest seq that the
 * caller has seen, one body or more. Answers {seq of the first, atMs}; the others follow without gaps. A counter that is behind either stream (an operator's repair, an element
 * that somebody added with XADD *) is moved past them: an entry below it would never reach a tail that has passed it.
 */
export const appendScript = defineScript(`#!lua
${topOfStreams}
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'lastAt')
if meta[1] ~= ARGV[1] then return redis.error_reply('NFEPOCH the record has another epoch') end
local counter = math.max(tonumber(meta[2] or 0), top(KEYS[2]), top(KEYS[3]))
if counter < tonumber(ARGV[2]) then return redis.error_reply('NFBEHIND the record went back') end
local time = redis.call('TIME')
local at = math.max(tonumber(meta[3] or 0), time[1] * 1000 + math.floor(time[2] / 1000))
local at_text = string.format('%.0f', at)
local seq = counter + 1
redis.call('HSET', KEYS[1], 'seq', string.format('%.0f', counter + #ARGV - 2), 'lastAt', at_text)
for i = 3, #ARGV do
  redis.call('XADD', KEYS[2], string.format('%.0f-0', counter + i - 2), 't', at_text, 'b', ARGV[i])
end
return {seq, at}
`);

/**
 * Compares what is in Redis with what the caller knows. KEYS meta, positions, events; ARGV epoch, then the newest
 * entry the caller has seen (seq, atMs or '' to skip looking at it, index of its stream), mode, known format.
 */
const judge = `
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'mode', 'format', 'restoring')
local function judge()
  if not meta[1] then return 'missing' end
  if meta[3] ~= ARGV[5] or (tonumber(meta[4]) or math.huge) > tonumber(ARGV[6]) then return 'foreign' end
  if meta[5] then return 'restoring' end
  if meta[1] ~= ARGV[1] then return 'other' end
  local seen = tonumber(ARGV[2])
  if math.max(tonumber(meta[2] or 0), top(KEYS[2]), top(KEYS[3])) < seen then return 'behind' end
  if seen == 0 or ARGV[3] == '' then return 'same' end
  local id = string.format('%.0f-0', seen)
  local found = redis.call('XRANGE', KEYS[2 + ARGV[4]], id, id)
  if #found == 0 or found[1][2][2] ~= ARGV[3] then return 'behind' end
  return 'same'
end
local state = judge()
`;

const answer = `return {state, meta[1] or '', meta[3] or '', meta[4] or ''}`;

/** Answers {state, epoch, mode, format}; writes nothing and works where writes are refused. */
export const checkScript = defineScript(`#!lua flags=no-writes
${topOfStreams}${judge}${answer}`);

/**
 * As `checkScript`, but mends: a missing record is made, and one that went back gets a new epoch (ARGV 7), both
 * atomically, so that of several servers the first decides. Fails where Redis refuses writes.
 */
export const claimScript = defineScript(`#!lua
${topOfStreams}${judge}
if state == 'missing' then
  local seq = math.max(top(KEYS[2]), top(KEYS[3]))
  redis.call('HSET', KEYS[1], 'format', ARGV[6], 'mode', ARGV[5], 'epoch', ARGV[7],
    'seq', string.format('%.0f', seq), 'lastAt', '0')
  meta = {ARGV[7], seq, ARGV[5], ARGV[6]}
  state = 'other'
elseif state == 'behind' then
  redis.call('HSET', KEYS[1], 'epoch', ARGV[7])
  meta[1] = ARGV[7]
  state = 'other'
end
${answer}`);

/** KEYS meta, positions, events, shelf; ARGV new epoch. Takes an empty record for a restore. */
export const beginImportScript = defineScript(`#!lua
if tonumber(redis.call('HGET', KEYS[1], 'seq') or 0) > 0 or redis.call('EXISTS', KEYS[2], KEYS[3], KEYS[4]) > 0 then
  return redis.error_reply('NFNOTEMPTY the record is not empty')
end
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'restoring', '1')
return 'OK'
`);

/** KEYS meta; ARGV new epoch, seq, lastAt. */
export const finishImportScript = defineScript(`#!lua
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'seq', ARGV[2], 'lastAt', ARGV[3])
redis.call('HDEL', KEYS[1], 'restoring')
return 'OK'
`);

/**
 * KEYS meta, lease; ARGV epoch, name, holder, life in ms. Answers {1, fence} to the holder, old or new, and {0, ms
 * left} to others. Only who knows the record's present life may hold anything of it.
 */
export const holdLeaseScript = defineScript(`#!lua
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then
  return redis.error_reply('NFEPOCH the record has another epoch')
end
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= ARGV[3] then return {0, redis.call('PTTL', KEYS[2])} end
local fence = 'fence:' .. ARGV[2]
if not holder then redis.call('HINCRBY', KEYS[1], fence, 1) end
redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
return {1, tonumber(redis.call('HGET', KEYS[1], fence))}
`);

/** KEYS lease; ARGV holder. */
export const releaseLeaseScript = defineScript(`#!lua
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 'OK'
`);

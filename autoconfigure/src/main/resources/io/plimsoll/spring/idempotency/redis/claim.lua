-- Claims KEYS[1]. ARGV: fingerprint, owner, lease in ms, ttl in ms.
-- A record is a hash: f fingerprint, e end of its ttl in ms, o owner and u end of the lease in ms (both only while it
-- runs), n fencing token, x outcome (once it is recorded), w if somebody waits. While it runs it outlives its ttl.
local clock = redis.call('TIME')
local micros = clock[1] * 1000000 + clock[2]
local now = math.floor(micros / 1000)
local record = redis.call('HMGET', KEYS[1], 'f', 'o', 'u', 'n', 'x', 'e')
local fingerprint, owner, lease_until, fence, outcome, ends = unpack(record, 1, 6)
if outcome then
    return {'recorded', fingerprint, outcome}
end
if owner then
    if owner == ARGV[2] then
        return {'granted', fence}
    end
    if tonumber(lease_until) > now then
        return {'running', fingerprint}
    end
    redis.call('HDEL', KEYS[1], 'o', 'u')
    redis.call('PEXPIREAT', KEYS[1], ends)
end
if fingerprint and tonumber(ends) > now then
    return {'unknown', fingerprint}
end
fence = string.format('%.0f', math.max((tonumber(fence or 0)) + 1, micros))
redis.call('HSET', KEYS[1], 'f', ARGV[1], 'e', now + ARGV[4], 'o', ARGV[2], 'u', now + ARGV[3], 'n', fence)
redis.call('PEXPIRE', KEYS[1], math.max(tonumber(ARGV[3]), tonumber(ARGV[4])))
return {'granted', fence}

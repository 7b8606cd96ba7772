-- Renews the lease of KEYS[1]. ARGV: owner, lease in ms.
if redis.call('HGET', KEYS[1], 'o') ~= ARGV[1] or redis.call('HEXISTS', KEYS[1], 'x') == 1 then
    return 0
end
local clock = redis.call('TIME')
redis.call('HSET', KEYS[1], 'u', clock[1] * 1000 + math.floor(clock[2] / 1000) + ARGV[2])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 1

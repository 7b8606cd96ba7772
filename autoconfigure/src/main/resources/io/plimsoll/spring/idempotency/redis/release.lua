-- Gives KEYS[1] back. ARGV: owner, channel for those who wait.
if redis.call('HGET', KEYS[1], 'o') ~= ARGV[1] or redis.call('HEXISTS', KEYS[1], 'x') == 1 then
    return 0
end
local awaited = redis.call('HEXISTS', KEYS[1], 'w') == 1
redis.call('DEL', KEYS[1])
if awaited then
    redis.call('PUBLISH', ARGV[2], KEYS[1])
end
return 1

-- Gives KEYS[1] up, so that its outcome is unknown. ARGV: owner, channel for those who
-- wait.
if redis.call('HGET', KEYS[1], 'o') ~= ARGV[1] or redis.call('HEXISTS', KEYS[1], 'x') == 1 then
    return 0
end
redis.call('HDEL', KEYS[1], 'o', 'u')
redis.call('PEXPIREAT', KEYS[1], redis.call('HGET', KEYS[1], 'e'))
if redis.call('HDEL', KEYS[1], 'w') == 1 then
    redis.call('PUBLISH', ARGV[2], KEYS[1])
end
return 1

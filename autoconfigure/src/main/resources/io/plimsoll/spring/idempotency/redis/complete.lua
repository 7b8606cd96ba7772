-- Records the outcome of KEYS[1]. ARGV: owner, channel for those who wait, outcome, ttl in ms. The owner stays, so that a
-- repetition finds it.
if redis.call('HGET', KEYS[1], 'o') ~= ARGV[1] then
    return 0
end
redis.call('HSET', KEYS[1], 'x', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
if redis.call('HDEL', KEYS[1], 'w') == 1 then
    redis.call('PUBLISH', ARGV[2], KEYS[1])
end
return 1

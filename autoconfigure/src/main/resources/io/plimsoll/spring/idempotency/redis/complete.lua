-- Records the outcome of KEYS[1]. ARGV: owner, outcome, ttl in ms. The owner stays, so that a repetition finds it.
if redis.call('HGET', KEYS[1], 'o') ~= ARGV[1] then
    return 0
end
redis.call('HSET', KEYS[1], 'x', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1

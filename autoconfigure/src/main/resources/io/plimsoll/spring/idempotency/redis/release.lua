-- Gives KEYS[1] back. ARGV: owner.
if redis.call('HGET', KEYS[1], 'o') ~= ARGV[1] or redis.call('HEXISTS', KEYS[1], 'x') == 1 then
    return 0
end
redis.call('DEL', KEYS[1])
return 1

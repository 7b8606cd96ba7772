-- Notes that somebody waits for KEYS[1] to end. 0 if it is not running.
if redis.call('HEXISTS', KEYS[1], 'o') == 0 or redis.call('HEXISTS', KEYS[1], 'x') == 1 then
    return 0
end
redis.call('HSET', KEYS[1], 'w', '1')
return 1

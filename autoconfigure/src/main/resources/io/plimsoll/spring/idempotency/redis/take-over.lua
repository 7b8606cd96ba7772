-- Claims KEYS[1], whose outcome is unknown. ARGV: owner, lease in ms.
local clock = redis.call('TIME')
local micros = clock[1] * 1000000 + clock[2]
local record = redis.call('HMGET', KEYS[1], 'f', 'o', 'n', 'x')
local fingerprint, owner, fence, outcome = record[1], record[2], record[3], record[4]
if not fingerprint then
    return {'unknown', ''}
end
if outcome then
    return {'recorded', fingerprint, outcome}
end
if owner and owner ~= ARGV[1] then
    return {'running', fingerprint}
end
if not owner then
    fence = string.format('%.0f', math.max(tonumber(fence) + 1, micros))
    redis.call('HSET', KEYS[1], 'o', ARGV[1], 'u', math.floor(micros / 1000) + ARGV[2], 'n', fence)
    if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
    end
end
return {'granted', fence}

import { describe, expect, test } from 'vitest'
import { masked } from './secrets.ts'

test.each([
  ['javax.net.ssl.keyStorePassword', 'changeit'],
  ['SPRING_DATASOURCE_PASSWORD', 'tiger'],
  ['db.pwd', 'x'],
  ['MYSQL_PWD', 'x'],
  ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI'],
  ['stripe.api-key', 'abc'],
  ['apiKey', 'abc'],
  ['GITHUB_TOKEN', 'abc'],
  ['service.credentials', 'user'],
])('the value of %s is hidden for its name', (name, value) => {
  expect(masked(name, value)).toEqual({ text: '••••••', by: 'name' })
})

test.each([
  ['PWD', '/srv/app'],
  ['token.validation', 'true'],
  ['passwordMinLength', '12'],
  ['java.class.path', '/usr/lib/jvm/java-17-openjdk-amd64/lib:/srv/App2/lib/Foo-1.2.3.jar'],
  ['java.home', '/usr/lib/jvm/java-17-openjdk-amd64'],
  ['sun.boot.library.path', 'lib/Release17/Server64/Native1/libs'],
  ['java.vendor.url.bug', 'https://bugs.debian.org/openjdk-17'],
  ['keyboard', 'us'],
  ['java.vm.version', '17.0.15+6-Debian-1deb12u1'],
  ['build.id', '2f9c1d'],
  ['trace.id', 'c3b0c442-98fc-4c14-9afb-f4c8996fb924'],
  ['empty.password', ''],
])('%s=%s is no secret', (name, value) => {
  expect(masked(name, value)).toEqual({ text: value, by: undefined })
})

describe('a secret within a value is hidden, the rest is shown', () => {
  test.each([
    ['jdbc:postgresql://app:s3cr3t@db:5432/shop', 'jdbc:postgresql://app:••••••@db:5432/shop'],
    ['app.jar --db.password=tiger --port=80', 'app.jar --db.password=•••••• --port=80'],
    ['jdbc:mysql://db/shop?user=app&password=tiger&ssl=true', 'jdbc:mysql://db/shop?user=app&password=••••••&ssl=true'],
    ['Authorization: Bearer abcdefghijkl.mnop', 'Authorization: Bearer ••••••'],
    ['x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP y', 'x •••••• y'],
    ['key AKIAIOSFODNN7EXAMPLE', 'key ••••••'],
    ['d41d8cd98f00b204e9800998ecf8427e', '••••••'],
    ['q7Xc2LmN9vRt4KpZ8sWy1BdF', '••••••'],
    ['a=$& password=$1', 'a=$& password=••••••'],
  ])('%s', (value, text) => {
    expect(masked('setting', value)).toEqual({ text, by: 'look' })
  })
})

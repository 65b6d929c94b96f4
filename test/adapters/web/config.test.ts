// The web adapter's variables: defaults, off, and every mistake at once.

import { expect, test } from 'vitest'
import { readWebConfig } from '../../../adapters/web/config.ts'

test('without any variable the page listens on this machine only', () => {
  expect(readWebConfig({})).toEqual({
    kind: 'config',
    config: { host: '127.0.0.1', port: 8080, allowedHosts: [], trustedProxies: 0 },
  })
})

test('an empty variable counts as absent', () => {
  expect(readWebConfig({ HOST: '', PORT: ' ', WEB: '' })).toEqual(readWebConfig({}))
})

test('WEB=off gives no configuration', () => {
  expect(readWebConfig({ WEB: 'off' })).toEqual({ kind: 'config', config: null })
})

test('host names are read as a list', () => {
  const variables = {
    HOST: '::',
    PORT: '0',
    WEB_ALLOWED_HOSTS: 'Assistant.Example.org, intranet ,',
    WEB_TRUSTED_PROXIES: '1',
  }
  expect(readWebConfig(variables)).toEqual({
    kind: 'config',
    config: {
      host: '::',
      port: 0,
      allowedHosts: ['assistant.example.org', 'intranet'],
      trustedProxies: 1,
    },
  })
})

test('all mistakes are told at once, each with what is needed', () => {
  const variables = {
    WEB: 'yes',
    HOST: 'http://x',
    PORT: '70000',
    WEB_ALLOWED_HOSTS: 'https://assistant.example.org',
    WEB_TRUSTED_PROXIES: '-1',
  }
  expect(readWebConfig(variables)).toEqual({
    kind: 'mistakes',
    mistakes: [
      'Cannot read WEB: "yes", "on" or "off" is needed',
      'Cannot read HOST: "http://x", an address or a host name is needed',
      'Cannot read PORT: "70000", a whole number from 0 to 65535 is needed',
      'Cannot read WEB_ALLOWED_HOSTS: "https://assistant.example.org", host names without scheme and port, separated by commas, are needed',
      'Cannot read WEB_TRUSTED_PROXIES: "-1", a whole number from 0 to 5 is needed',
    ],
  })
})

test.each(['8080.5', '0x50', '1e3', 'http', '65536', '-1'])('PORT=%s is a mistake', (PORT) => {
  expect(readWebConfig({ PORT }).kind).toBe('mistakes')
})

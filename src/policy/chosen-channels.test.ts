import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chosenChannels } from './chosen-channels.ts'
import { DEFAULTS, type SettingsPatch } from './settings.ts'

const ON: SettingsPatch = { 'two_factor.enabled': true }
const chosen = (before: SettingsPatch, patch: SettingsPatch) =>
  chosenChannels({ ...DEFAULTS, ...before }, { ...DEFAULTS, ...before, ...patch })

test('[F2] switching on rests on the channels where users set up nothing of their own', () => {
  assert.deepEqual(chosen({ 'methods.allowed': ['email', 'recovery'] }, ON), ['email'])
  assert.deepEqual(chosen({ 'methods.allowed': ['sms', 'email'] }, ON), ['email', 'sms'])
  assert.deepEqual(chosen({}, ON), [])
})

test('[F2] an app that is bound by an emailed link alone rests on mail', () => {
  const byLink: SettingsPatch = { 'methods.allowed': ['app'], 'enrolment.channel': 'email_link' }
  assert.deepEqual(chosen({ ...byLink, 'delivery.when_unconfigured': 'block' }, ON), ['email'])
  assert.deepEqual(chosen({ ...byLink, 'delivery.when_unconfigured': 'enrol_app' }, ON), [])
  assert.deepEqual(chosen({ ...byLink, 'enrolment.channel': 'screen', 'delivery.when_unconfigured': 'block' }, ON), [])
})

test('[S2.12] a channel is chosen by its name among the methods, or as the first one, even where an app would do', () => {
  const app: SettingsPatch = { ...ON, 'methods.allowed': ['app'] }
  assert.deepEqual(chosen(app, { 'methods.allowed': ['app', 'sms'] }), ['sms'])
  assert.deepEqual(chosen(ON, { 'delivery.primary': 'sms' }), ['sms'])
  assert.deepEqual(chosen(app, { 'delivery.primary': 'sms' }), [], 'not among the methods')
  assert.deepEqual(chosen(app, { 'methods.allowed': ['app', 'sms'], 'delivery.email_sole': true }), [])
})

test('what rested on a channel before is not chosen again by another change, and a site that is off rests on none', () => {
  const mail: SettingsPatch = { ...ON, 'methods.allowed': ['email'] }
  assert.deepEqual(chosen(mail, { 'code.digits': 8, 'delivery.when_unconfigured': 'block' }), [])
  assert.deepEqual(chosen({ 'methods.allowed': ['app'] }, { 'methods.allowed': ['email', 'sms'] }), [])
  assert.deepEqual(chosen(mail, { 'two_factor.enabled': false }), [])
})

import { describe, expect, it } from 'vitest'
import { readEdn } from './edn.ts'
import { ETCD_000, ETCD_002, jepsenEdn, jepsenLog } from './etcd-histories.testing.ts'
import { type ForeignHistory, modelFor, readHistoryFile } from './history-file.ts'
import { checkHistory } from './linearizability.ts'
import type { ModelName } from './models.ts'

function read(text: string): ForeignHistory {
  const found = readHistoryFile(text, 'h')
  if (!found.ok) throw new Error(found.error)
  return found.value
}

function judge(text: string, name: ModelName) {
  const history = read(text)
  const model = modelFor(name, history)
  if (!model.ok) throw new Error(model.error)
  return checkHistory(model.value, history.operations)
}

const problem = (text: string): string => {
  const found = readHistoryFile(text, 'h.log')
  return found.ok ? 'none' : found.error
}

describe('histories that Jepsen recorded of etcd', () => {
  it.each([
    ['etcd_002', ETCD_002, 'ok'],
    ['etcd_000', ETCD_000, 'illegal'],
  ])('%s has the verdict that porcupine states, as a log, in EDN, and for two keys at once', (_, history, verdict) => {
    expect(judge(jepsenLog(history), 'cas-register').verdict).toBe(verdict)
    expect(judge(jepsenEdn(history), 'cas-register').verdict).toBe(verdict)
    expect(judge(`[${jepsenEdn(history)}]`, 'cas-register').verdict).toBe(verdict)
    expect(judge(jepsenEdn(history, '"x"'), 'cas-register').partitions).toMatchObject([{ key: 'x', verdict }])
    expect(read(jepsenLog(history)).suggested).toBe('cas-register')
  })

  it('etcd_000 cannot take in its last read, of a value that a lost write could not have left', () => {
    const { partitions } = judge(jepsenLog(ETCD_000), 'cas-register')
    const [part] = partitions
    if (part?.verdict !== 'illegal') throw new Error('expected it to be illegal')
    expect(read(jepsenLog(ETCD_000)).lines[part.stuck]).toBeGreaterThan(0)
    expect(part.longest).not.toContain(part.stuck)
  })
})

describe('a history in EDN', () => {
  it('of keys and appended texts is judged by key', () => {
    const text = `; as porcupine's key-value logs write it
      {:process 0, :type :invoke, :f :append, :key "0", :value "x 0 0 y"}
      {:process 0, :type :ok, :f :append, :key "0", :value "x 0 0 y"}
      {:process 1, :type :invoke, :f :get, :key "0", :value nil}
      {:process 1, :type :ok, :f :get, :key "0", :value "x 0 0 y"}
      {:process 1, :type :invoke, :f :get, :key "1", :value nil}
      {:process 1, :type :ok, :f :get, :key "1", :value ""}
      {:process :nemesis, :type :info, :f :start}`
    expect(read(text).suggested).toBe('key-value')
    expect(judge(text, 'key-value').partitions.map(({ key, verdict }) => [key, verdict])).toEqual([
      ['0', 'ok'],
      ['1', 'ok'],
    ])
    expect(
      judge(
        text.replace(
          '"x 0 0 y"}\n      {:process 1, :type :invoke, :f :get, :key "1"',
          '"z"}\n      {:process 1, :type :invoke, :f :get, :key "1"',
        ),
        'key-value',
      ).verdict,
    ).toBe('illegal')
  })

  it('of a lock is illegal when two hold it', () => {
    const at = (process: number, type: string) => `{:process ${process} :type ${type} :f :acquire :value nil}`
    const text = [at(0, ':invoke'), at(0, ':ok'), at(1, ':invoke'), at(1, ':ok')].join('\n')
    expect(read(text).suggested).toBe('mutex')
    expect(judge(text, 'mutex').verdict).toBe('illegal')
  })

  it('keeps its times for drawing, and the order of its lines for judging', () => {
    const history = read(jepsenEdn('0iw1 1ir 1or1 0nw'))
    expect(history.times).toEqual([
      { call: 0, return: null },
      { call: 1000, return: 2000 },
    ])
    expect(history.operations.map(({ call, return: end }) => [call, end])).toEqual([
      [0, null],
      [1, 2],
    ])
  })

  it('reads every kind of value', () => {
    const found = readEdn('[1 -2.5 3N "a\\n\\"b" :k sym nil true #{1} (1 2) #inst "x" {:a [1 {:b 2}]} #_ 7 8]')
    expect(found.ok && found.value.map(({ value }) => value)).toEqual([
      1,
      -2.5,
      3,
      'a\n"b',
      ':k',
      'sym',
      null,
      true,
      [1],
      [1, 2],
      'x',
      { ':a': [1, { ':b': 2 }] },
      8,
    ])
  })
})

describe('a file that is no history', () => {
  it.each([
    ['', 'h.log:1: expected lines such as “INFO  jepsen.util - 0 :invoke :read nil”, found none'],
    ['hello there', 'h.log:1: expected a line such as “INFO  jepsen.util - 0 :invoke :read nil”, found “hello there”'],
    [
      'INFO  jepsen.util - 0 :invoke :reed nil',
      'h.log:1: expected :read, :write, :cas, :append, :delete, :acquire or :release as :f, found “:reed”',
    ],
    ['INFO  jepsen.util - 0 :ok :read 1', 'h.log:1: expected what process 0 has asked for, found :ok :read'],
    [
      `${jepsenLog('0iw1')}${jepsenLog('0ir')}`,
      'h.log:2: expected process 0 to return from line 1 first, found :invoke',
    ],
    ['INFO  jepsen.util - 0 :invoke :cas 4', 'h.log:1: expected [old new] for :cas, found “4”'],
    ['{:type :invoke\n :f :read', 'h.log:2: expected “}”, found the end'],
    [
      '[{:type :invoke, :f :read, :process 0}\n 5]',
      'h.log:2: expected a map such as {:type :invoke, :f :read, :process 0}, found “5”',
    ],
    ['{:type :begin, :f :read, :process 0}', 'h.log:1: expected :invoke, :ok, :fail or :info as :type, found “:begin”'],
    ['{:type :invoke, :f :read}', 'h.log:1: expected a whole number as :process, found none'],
  ])('%j: %s', (text, expected) => {
    expect(problem(text)).toBe(expected)
  })

  it('for this model names the line that the model does not understand', () => {
    const history = read(jepsenLog('0iw1 0ow1 0ic12 0oc12'))
    expect(modelFor('register', history)).toEqual({
      ok: false,
      error: '3: expected what a register understands, found :cas',
    })
  })
})

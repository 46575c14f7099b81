/**
 * Two of the histories that Jepsen recorded of etcd in 2014, with the verdicts that porcupine's tests state for them
 * (github.com/anishathalye/porcupine, test_data/jepsen/etcd_002.log and etcd_000.log). A word is an event: process,
 * i(nvoke), o(k), f(ail) or i(n)fo as n, then r(ead), w(rite) or c(as) and its values; - for nil.
 */
export const ETCD_002 =
  '4ir 4or- 1iw1 2ic24 3ic12 0ic14 1ow1 0fc14 2oc24 3oc12 4iw0 4ow0 1iw2 1ow2 0ir 0or2 2ic02 3ic23 2fc02 3oc23 4ir 4or3 1iw3 1ow3 0iw2 2iw0 0ow2 2ow0 3ic04 3oc04 4ic34 4fc34 1iw1 0iw3 0ow3 1ow1 2ir 2or3 3ir 3or3 4ir 4or3 0ic43 0fc43 1ic22 2iw3 1fc22 3iw2 4iw2 4ow2 0ic14 0fc14 2nw 1iw3 1ow3 3nw 4ic30 4oc30 0ir 0or0 7ic31 1iw1 8ir 8or3 4ic40 1ow1 0iw2 0ow2 7nc 4fc40 8ic40 1iw0 1ow0 0iw4 0ow4 12iw4 4ir 4or4 8nc 1ir 1or4 0iw2 12nw 0ow2 4ic30 4fc30 13iw3 1iw0 17ir 0ic21 17or3 4iw1 13nw 1nw 0nc 17ic01 4nw 18ir 18or3 6iw3 5iw2 17nc 9ic22 18iw4 6nw 5nw 22iw1 9nc 18nw 11iw3 10ic11 22nw 14iw0 11ow3 23ic44 14ow0 10fc11 23fc44 27iw1 11iw2 11ow2 14ic12 10ir 10or2 14fc12 23ir 23or0 27nw 11iw1 11ow1 10ir 10or1 14iw2 23ic23 32ic21 14ow2 11iw4 11ow4 10ic11 10fc11 23nc 32nc 14iw4 14ow4 11ic24 11fc24 10ir 10or4 28ir 28or0 37iw3 37nw 14ir 14or4'
export const ETCD_000 =
  '0ir 3ir 2iw4 1iw2 4iw3 3or- 0or- 4ow3 1ow2 2ow4 3iw3 0ir 0or3 3ow3 4ir 4or3 1ir 1or3 2ic30 2oc30 0iw2 3ir 0ow2 3or0 4ir 4or2 1ic03 2ic00 1fc03 2fc00 0ic21 3ir 3or2 0oc21 4ir 4or1 1ir 1or1 2ir 2or1 3iw0 0ic13 3ow0 4iw2 0fc13 4ow2 1ir 1or2 2ic11 2fc11 3ic00 0ir 0or2 4iw1 3fc00 1ic21 2iw2 2ow2 0ic14 3iw3 4nw 0fc14 3ow3 1nc 2iw2 9iw3 0ir 0or3 2ow2 3ic34 3fc34 6ic11 9nw 0iw1 0ow1 2ic00 2fc00 3ic22 6nc 3fc22 14iw4 0ic43 0fc43 2iw0 11ir 11or2 2ow0 3iw2 3ow2 14nw 0iw1 11ic21 2ic03 3ir 3or2 19ir 19or2 0nw 11nc 2nc 3ir 3or2 19ic13 19oc13 5iw0 16ic43 7ic12 5ow0 7fc12 16fc43 3ic42 3fc42 19ic01 19oc01 5ic40 7ic14 16ir 16or1 3ic13 3fc13 5oc40 7oc14 19ic20 19fc20 16ir 16or0 3ir 3or0 5ir 7ic42 5or0 7fc42 19ic23 19fc23 16ic41 3iw4 5iw4 7ic02 19ir 19or0 16nc 3nw 5nw 7nc 19iw3 19ow3 21ic20 21fc20 8iw4 10iw2 10ow2 12ic44 19iw4 21ir 21or4 19ow4 8nw 10ic01 12nc 10fc01 21ic33 21fc33 19ir 19or4 13ic22 17ic44 13nc 17nc 10ir 10or1'

const TYPES: Record<string, string> = { i: ':invoke', o: ':ok', f: ':fail', n: ':info' }
const NAMES: Record<string, string> = { r: ':read', w: ':write', c: ':cas' }

/** The history as Jepsen wrote it into its log. */
export function jepsenLog(history: string): string {
  const lines = history.split(' ').map((word) => {
    const [, process, type = '', f = '', values = ''] = /^(\d+)([iofn])([rwc])(.*)$/.exec(word) ?? []
    const value =
      type === 'n'
        ? ':timed-out'
        : f === 'c'
          ? `[${values.split('').join(' ')}]`
          : values === '' || values === '-'
            ? 'nil'
            : values
    return `INFO  jepsen.util - ${process}\t${TYPES[type]}\t${NAMES[f]}\t${value}`
  })
  return `${lines.join('\n')}\n`
}

/** The same in EDN, each operation on a key of its own kind as jepsen.independent writes it, if asked. */
export function jepsenEdn(history: string, key: string | null = null): string {
  const lines = history.split(' ').map((word, i) => {
    const [, process, type = '', f = '', values = ''] = /^(\d+)([iofn])([rwc])(.*)$/.exec(word) ?? []
    const plain = f === 'c' ? `[${values.split('').join(' ')}]` : values === '' || values === '-' ? 'nil' : values
    const value = key === null ? plain : `[${key} ${plain}]`
    const error = type === 'n' ? ', :error :timed-out' : ''
    return `{:type ${TYPES[type]}, :f ${NAMES[f]}, :process ${process}, :time ${1_000_000 * i}, :value ${type === 'n' ? 'nil' : value}${error}}`
  })
  return lines.join('\n')
}

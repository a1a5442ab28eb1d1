'use strict'
/*
 * Runs before the scripts of package.json, and once with `npm ci`: says in one sentence what is
 * missing. It must run on Node versions that are far too old for everything else, hence CommonJS and old syntax.
 * npm puts the pinned Node of this repository first on the PATH of scripts, so the system's own versions are
 * read from what npm says about itself.
 */
var fs = require('fs')
var path = require('path')

var OLDEST_NODE = 20
var OLDEST_NPM = 10

/** What is wrong, or undefined. `agent` is like `npm/11.0.0 node/v20.1.0 linux x64`. */
function complaint(agent, pinnedNodeIsThere) {
  var npm = /npm\/(\d+)/.exec(agent)
  var node = /node\/v?(\d+)/.exec(agent)
  if (node && Number(node[1]) < OLDEST_NODE) {
    return 'Heaptrail needs Node ' + OLDEST_NODE + ' or newer to install itself; this machine has Node ' + node[1] + '.'
  }
  if (npm && Number(npm[1]) < OLDEST_NPM) {
    return (
      'Heaptrail needs npm ' + OLDEST_NPM + ' or newer; this machine has npm ' + npm[1] + ': `npm install -g npm@10`.'
    )
  }
  if (!pinnedNodeIsThere) {
    return 'The Node version that Heaptrail brings along is not installed: run `npm ci` (without --omit=optional) first.'
  }
  return undefined
}

/** The pinned Node is an optional dependency per platform, linked as node_modules/.bin/node. */
function pinnedNodeIsThere() {
  var bin = path.join(__dirname, '..', 'node_modules', '.bin', 'node')
  return fs.existsSync(bin) || fs.existsSync(bin + '.cmd')
}

if (require.main === module) {
  var sentence = complaint(
    process.env.npm_config_user_agent || 'node/' + process.version,
    process.argv[2] === '--versions-only' || pinnedNodeIsThere(),
  )
  if (sentence) {
    console.error(sentence)
    process.exit(1)
  }
}

module.exports = { complaint: complaint }

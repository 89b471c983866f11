#!/bin/sh
# Makes dist/ anew if anything it is made of has changed. What is built lies beside it until it is whole and then takes
# its place file by file: whatever runs from dist/ meanwhile finds each file that it loads late. package.json lets one
# build at a time do this; another that waited finds nothing left to do.
set -eu

# Looks at the time that no tool sets back, of folders as well: they tell of what was removed.
changed() {
  find server loadgen scenarios reports scripts package.json tsconfig.json tsconfig.build.json \
    node_modules/.package-lock.json \( -path reports/runs -o -name node_modules \) -prune -o \
    -cnewer dist/.built -print -quit
}

if [ -e dist/.built ] && [ -z "$(changed)" ]; then exit 0; fi

rm -rf dist.new
mkdir dist.new
# The time before the first source is read: what changes from now on is for the next build.
touch dist.new/.built
tsc -p tsconfig.build.json --outDir dist.new
tsc -p reports/browser --outDir dist.new
tsc -p server/create/templates --outDir dist.new/server/create/templates
tsc -p loadgen/cli/new-scenario/templates
record=dist.new/reports/browser/selection/record.js
rolldown "$record" --file "$record"
rolldown dist.new/server/client/index.js --file dist.new/browser/socketcluster.js \
  --format iife --name socketCluster --minify
chmod +x dist.new/server/cli.js dist.new/loadgen/cli.js
node dist.new/scripts/build/main.js dist.new dist

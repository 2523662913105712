import { slackManifest } from './manifest.ts'

/** `npm run slack:manifest [-- https://rushes.example.com]` prints the app manifest. */
const [address] = process.argv.slice(2)
if (address !== undefined && !(URL.canParse(address) && new URL(address).protocol === 'https:')) {
  process.stderr.write("The address must start with https:// and lead to the bot's PORT.\n")
  process.exitCode = 2
} else {
  process.stdout.write(`${JSON.stringify(slackManifest(address), null, 2)}\n`)
}

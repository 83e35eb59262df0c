import { spawnSync } from 'node:child_process';
import process from 'node:process';

/**
 * electron-builder's `sign` for each Windows program: Authenticode by the SDK's signtool, with the certificate of the store or token whose
 * SHA-1 thumbprint WINDOWS_CERTIFICATE_SHA1 holds, and a time stamp of WINDOWS_TIMESTAMP_URL (RFC 3161). Without them it says so, and a
 * release (`SALLYPORT_RELEASE=signed`) fails.
 */
export default function sign({ path }, _packager, tools = {}) {
  const {
    environment = process.env,
    say = words => process.stdout.write(`${words}\n`),
    run = runSigntool,
  } = tools;
  const { WINDOWS_CERTIFICATE_SHA1: certificate, WINDOWS_TIMESTAMP_URL: timestamp } = environment;
  if (!certificate || !timestamp) {
    const words = `Not signed: ${path}. Set WINDOWS_CERTIFICATE_SHA1 and WINDOWS_TIMESTAMP_URL.`;
    if (environment.SALLYPORT_RELEASE === 'signed') throw new Error(words);
    say(words);
    return;
  }
  if (!/^[0-9a-f]{40}$/i.test(certificate))
    throw new Error(
      'WINDOWS_CERTIFICATE_SHA1 must be the thumbprint of the certificate: 40 hexadecimal digits.',
    );
  run(['sign', '/sha1', certificate, '/fd', 'sha256', '/tr', timestamp, '/td', 'sha256', path]);
}

function runSigntool(args) {
  const { status, error } = spawnSync('signtool', args, { stdio: 'inherit' });
  if (error) throw new Error(`signtool cannot be started (${error.message}); it is part of the Windows SDK.`);
  if (status !== 0) throw new Error(`signtool ended with ${status}; its output stands above.`);
}

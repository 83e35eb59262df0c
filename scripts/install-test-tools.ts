import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

/** Programs that tests run for real, and the Debian package of each. A test whose program is missing is skipped, and says so. */
const TOOLS: readonly { readonly program: string; readonly debianPackage: string }[] = [
  { program: '/usr/bin/chromium', debianPackage: 'chromium' },
  { program: '/usr/sbin/sshd', debianPackage: 'openssh-server' },
  { program: '/usr/sbin/mariadbd', debianPackage: 'mariadb-server' },
  { program: '/usr/bin/redis-server', debianPackage: 'redis-server' },
  { program: '/usr/bin/psql', debianPackage: 'postgresql-client' },
  { program: '/usr/bin/age', debianPackage: 'age' },
  { program: '/usr/bin/asciinema', debianPackage: 'asciinema' },
  { program: '/usr/bin/radosgw', debianPackage: 'radosgw' },
  { program: '/usr/bin/ceph-mon', debianPackage: 'ceph-mon' },
  { program: '/usr/bin/ceph-osd', debianPackage: 'ceph-osd' },
  { program: '/usr/bin/zstd', debianPackage: 'zstd' },
  { program: '/usr/bin/tmux', debianPackage: 'tmux' },
  { program: '/usr/bin/less', debianPackage: 'less' },
  { program: '/usr/bin/vim', debianPackage: 'vim' },
  { program: '/usr/bin/htop', debianPackage: 'htop' },
];

/** Installs what is missing where that is possible (Debian, root); returns a line for each program that stays missing. */
export function installTestTools(): string[] {
  const missing = TOOLS.filter(tool => !existsSync(tool.program));
  if (missing.length === 0) return [];
  const names = missing.map(tool => tool.debianPackage);
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stdout.write(`Installing test tools with apt: ${names.join(' ')}\n`);
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // Services that the packages bring are not to start: tests start their own, on loopback.
    const options = ['-y', '-q', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold'];
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', env: environment });
    spawnSync('apt-get', ['install', ...options, ...names], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...environment, RUNLEVEL: '1' },
    });
  }
  return TOOLS.filter(tool => !existsSync(tool.program)).map(
    tool =>
      `${tool.program} is missing: tests that need it are skipped. On Debian: apt-get install ${tool.debianPackage}`,
  );
}

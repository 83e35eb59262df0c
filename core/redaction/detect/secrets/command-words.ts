/** Programs, options and clauses that a password stands behind: see command-passwords.ts, which the gate calls where it sees one. */
export const COMMAND_WORDS: readonly string[] = [
  ...['docker login', 'podman login', 'az login', 'oc login', 'helm registry login', 'cqlsh', 'rdesktop'],
  ...['mongodump', 'mongorestore', 'mongoexport', 'mongoimport'],
  ...['sqlcmd', 'bcp', 'ipmitool', 'mosquitto pub', 'mosquitto sub', 'unzip', 'evil winrm'],
  ...['xfreerdp', 'wfreerdp', 'net user', 'rabbitmqctl', 'etcdctl', 'lftp', 'openssl', 'ssh keygen'],
  ...['snmpwalk', 'snmpget', 'snmpset', 'snmpbulkwalk', 'snmptrap'],
  ...['chpasswd', 'sudo', 'passwd', 'password stdin', 'cryptsetup', 'kinit'],
  ...['vault login', 'vault operator unseal', 'token', 'auth', 'convertto securestring', 'db.auth'],
];

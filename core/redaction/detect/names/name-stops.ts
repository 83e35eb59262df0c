function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter(word => word !== ''));
}

/** Capitalised words of systems, products, vendors and calendars that are in no dictionary, or that are names as well. Folded. */
export const NO_NAMES = setOf(`
  apache tomcat linux debian ubuntu fedora centos redhat suse windows microsoft google oracle mysql mariadb postgres postgresql sqlite mongodb redis hadoop spark
  kafka nginx docker kubernetes jenkins ansible puppet vagrant terraform grafana prometheus elasticsearch kibana logstash python perl ruby java javascript typescript
  node nodejs rust golang scala kotlin haskell erlang elixir clojure maven gradle eclipse netbeans android ios macos chrome chromium firefox mozilla safari opera edge
  intel amd nvidia samsung toshiba hitachi seagate kingston qualcomm broadcom realtek atheros marvell cisco juniper dell lenovo asus hewlett packard ibm siemens philips sony
  unix gnu gnome kde xorg wayland systemd dbus pulseaudio bluetooth ethernet wifi wlan cpu gpu ram ssd usb pci sata nvme acpi bios uefi ipv http https ftp ssh tls ssl smtp
  imap dns dhcp ntp ldap kerberos samba json xml yaml html css sql unicode ascii utf latin greek cyrillic jan feb mar apr may jun jul aug sep sept oct nov dec january february
  march april june july august september october november december mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday morning evening
  montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo
  christmas easter ramadan english german french spanish italian dutch danish swedish norwegian finnish polish czech slovak slovenian croatian serbian russian ukrainian turkish
  arabic hebrew chinese japanese korean vietnamese thai hindi portuguese brazilian american british canadian australian european asian african indian mexican irish scottish
  welsh icelandic hungarian romanian bulgarian estonian latvian lithuanian swiss austrian belgian catalan jessie buster stretch wheezy squeeze lenny etch sarge woody potato
  bullseye bookworm trixie sid focal bionic jammy xenial trusty precise lucid hardy dapper noble github gitlab bitbucket atlassian jira slack zoom skype facebook twitter instagram
  linkedin youtube amazon aws azure gcp heroku cloudflare akamai netflix spotify paypal visa mastercard adobe photoshop acrobat excel word outlook powerpoint office sharepoint
  info warn warning error debug trace fatal notice critical alert emerg true false null none nil undefined nan todo fixme note bug api url uri uuid id uid gid pid tcp udp ip mac
  readme license makefile dockerfile changelog berkeley stanford cambridge oxford harvard mit bsd posix ieee iso ansi ecma rfc gpl lgpl mpl xeon pentium celeron athlon ryzen
  radeon geforce sandy ivy bridge haswell broadwell skylake kaby cascade alder raptor rocket comet coffee ice tiger lake silicon texas mini pro max plus air lite
  git svn cvs emacs vim readline inc ltd llc corp gmbh
  databind dataformat classmate gson netty jetty undertow micrometer guava lombok mockito hikari hibernate logback junit testng hamcrest assertj flyway liquibase wildfly jboss glassfish
  weblogic websphere thymeleaf freemarker numpy scipy pandas django sqlalchemy pytest scrapy keras pytorch tensorflow jupyter airflow sidekiq nokogiri laravel symfony drupal joomla wordpress magento
  phpunit redux angular vuex nuxt svelte webpack rollup eslint cypress puppeteer selenium lodash axios prisma sequelize typeorm graphql tokio serde istio envoy traefik haproxy memcached rabbitmq
  activemq zookeeper cassandra couchbase couchdb influxdb clickhouse impala trino hbase oozie sqoop solr lucene openstack proxmox vmware vsphere virtualbox qemu libvirt selinux apparmor wireguard openvpn
  dovecot postfix exim sendmail dnsmasq nagios zabbix icinga datadog splunk graylog telegraf sonarqube artifactory openshift podman containerd
  lisp fortran pascal cobol ada basic matlab julia delphi swift prolog maxwell kepler pascal turing volta ampere hopper fermi curie tesla newton
`);

/** Words that behind a name make a place, an organisation or a thing of it. Folded. */
export const NAME_OF_THING = setOf(`
  street st road rd avenue ave lane ln drive boulevard blvd court square place plaza terrace way highway bridge tower building house hall park garden gardens center centre airport
  station hospital clinic school college university institute academy library museum church cathedral chapel theatre theater stadium arena hotel inn restaurant cafe bar mall
  county city town village state province district region river lake mountain mount island islands bay beach valley hill hills canyon falls creek forest desert ocean sea
  inc incorporated corp corporation company co ltd limited llc llp plc gmbh ag kg ug sa sas sarl srl spa bv nv oy ab as group holding holdings partners associates brothers sons bros
  bank foundation trust fund society association club team council committee commission ministry department agency bureau office authority union league party press media
  news times post journal magazine books records studios pictures films music entertainment systems system software technologies technology solutions services service labs
  laboratories research consulting industries international global networks network communications energy motors airlines insurance capital financial ventures
  award prize medal theorem equation law principle effect syndrome disease test method algorithm transform distribution function number constant filter cipher license licence
  server client engine driver controller adapter interface protocol module package library framework toolkit project edition version release model series protocol code editor
  sans serif mono font fonts widget widgets toolkit desktop  band shop store market
  project team developers maintainers list foundation contributors authors
  day week month year festival tournament cup open championship
`);

/** Words before two capitalised ones that make a place of them: `San Jose`, `Port Elizabeth`. Folded. */
export const PLACE_HEADS = setOf(
  'san santa santo sao saint sainte st ste los las el mount mt lake fort port cape new north south east west northern southern eastern western central upper lower great grand bad puerto costa rio monte val villa hong kuala tel abu',
);

/** Given names that are words too, and names for certain before a capitalised word that no dictionary has: `Mark Adler`. Folded. */
export const GIVEN_BEFORE_UNKNOWN = setOf(
  'mark bill frank nick jack josh matt rick ray drew dale gene grace rose hope faith dean earl glen heather holly jade jasmine ruby joy june april violet lily ivy iris max pat don rob bob will rod roman florian bruno dirk mercedes',
);

/** Small words within a family name. Folded. */
export const PARTICLES = setOf(
  'de da do dos das del della dello di van von der den ten ter la le el al bin ibn ben bint y e zu zum zur af av du des d st vom op het t dal dalla degli lo of',
);

/** What stands behind a name and belongs to it. */
export const NAME_SUFFIX = /^,? (?:Jr|Sr|Esq|II|III|IV|PhD|MD|DDS|DVM|MBA|CPA)\b\.?/;
export const NAME_SUFFIX_WORD = /^(?:Jr|Sr|Esq|II|III|IV|PhD|MD|DDS|DVM|MBA|CPA)$/;

/** Labels of forms behind which a person is named; programs use some of them for things as well. */
export const NAME_LABELS: readonly string[] =
  'name,attn,author,customer,patient,employee,signed,contact,nombre,nom,naam,namn,navn,nome,imię,owner,assignee,reporter,recipient,sender,guardian,manager,supervisor,physician,beneficiary,applicant,claimant,tenant,passenger,spouse,witness'.split(
    ',',
  );

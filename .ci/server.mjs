// Prints the address of the PostgreSQL on this machine, if one answers there and lets its user `postgres` in without a password.
import { connect } from 'node:net';

const [host, port, user] = ['127.0.0.1', 5432, 'postgres'];
const waitMs = 5_000;

/** https://www.postgresql.org/docs/current/protocol-flow.html: who we are; the answer begins with `R`, and zero for "come in". */
const words = Buffer.from(`\0\0\0\0\0\x03\0\0user\0${user}\0database\0${user}\0\0`);
words.writeInt32BE(words.length);

const socket = connect({ host, port, timeout: waitMs }, () => socket.write(words));
socket.once('data', (answer) => {
  if (answer[0] === 'R'.charCodeAt(0) && answer.length >= 9 && answer.readInt32BE(5) === 0)
    process.stdout.write(`postgres://${user}@${host}:${port}/${user}\n`);
  socket.destroy();
});
socket.once('timeout', () => socket.destroy());
socket.once('error', () => {});

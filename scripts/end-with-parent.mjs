// Loaded into each script that bootstrap.mjs runs, the leader of its process group: when bootstrap.mjs is
// killed hard, the whole group goes with it, as it would from a terminal.
process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
process.channel?.unref();

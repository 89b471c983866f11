/** The page. socketcluster.js, loaded before, has defined the global socketCluster. */
const state = document.getElementById('state');
const pingButton = document.getElementById('ping');
const messages = document.getElementById('messages');
const chat = document.getElementById('chat');

/** What this tab is called in the channel. */
const guest = `guest ${Math.floor(1000 + Math.random() * 9000)}`;
chat.elements.text.placeholder = `Write as ${guest}`;

// Connects to the server this page came from, and comes back by itself when the connection is lost.
const socket = socketCluster.create({ autoReconnectOptions: { initialDelay: 500, randomness: 500 } });

socket.on('connecting', () => showState('connecting'));
socket.on('connect', () => showState('connected'));
socket.on('disconnect', () => showState('lost'));
socket.on('error', report);

function showState(name) {
  state.dataset.state = name;
  state.textContent = name;
  for (const button of document.querySelectorAll('button')) {
    button.disabled = name !== 'connected';
  }
}

/** For what fails when the connection is lost in the middle of it. */
function report(error) {
  console.warn(error.message);
}

// Ping: a call, answered to this client alone.
pingButton.addEventListener('click', () => {
  ping().catch(report);
});

async function ping() {
  const start = performance.now();
  const { count, worker } = await socket.invoke('ping', { from: guest });
  const took = (performance.now() - start).toFixed(1);
  document.getElementById('answers').textContent = count;
  document.getElementById('last').textContent = `Worker ${worker} answered within ${took} ms.`;
}

// Pong: the worker publishes it, and each tab that has subscribed hears it.
let pongs = 0;
socket.subscribe('pong').watch(() => {
  pongs += 1;
  document.getElementById('pongs').textContent = pongs;
});

// Chat: what one tab publishes, all tabs hear, this one too.
const room = socket.subscribe('chat').watch(({ from, text }) => {
  const name = document.createElement('b');
  name.textContent = from;
  const line = document.createElement('li');
  line.append(name, text);
  messages.append(line);
  messages.scrollTop = messages.scrollHeight;
});

chat.addEventListener('submit', (event) => {
  event.preventDefault();
  say(chat.elements.text).catch(report);
});

async function say(input) {
  await room.publish({ from: guest, text: input.value });
  input.value = '';
}

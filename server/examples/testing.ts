/** The worker of the 0.9 README as it was printed, without its comments; for tests of what it relies on. */
export const WORKER_OF_0_9 = `
var fs = require('fs');
module.exports.run = function (worker) {
var httpServer = worker.getHTTPServer();
var scServer = worker.getSCServer();
var htmlPath = __dirname + '/index.html';
var clientPath = __dirname + '/node_modules/socketcluster-client/socketcluster.js';
var html = fs.readFileSync(htmlPath, {
encoding: 'utf8'
});
var clientCode = fs.readFileSync(clientPath, {
encoding: 'utf8'
});
httpServer.on('req', function (req, res) {
if (req.url == '/socketcluster.js') {
res.writeHead(200, {
'Content-Type': 'text/javascript'
});
res.end(clientCode);
} else if (req.url == '/') {
res.writeHead(200, {
'Content-Type': 'text/html'
});
res.end(html);
}
});
var activeSessions = {};
scServer.on('connection', function (socket) {
socket.emit('greet', 'hello world');
activeSessions[socket.session.id] = socket.session;
});
scServer.on('disconnection', function (socket) {
console.log('Socket ' + socket.id + ' was disconnected');
});
scServer.on('sessionend', function (ssid) {
delete activeSessions[ssid];
});
setInterval(function () {
for (var i in activeSessions) {
activeSessions[i].emit('rand', Math.floor(Math.random() * 100));
}
}, 1000);
};`;

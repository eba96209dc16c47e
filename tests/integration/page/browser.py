"""A headless Chromium that is told what to do over a pipe (DevTools protocol)."""
import itertools
import json
import os
import select
import subprocess
import time

ANSWER_S = 60


class Browser:
    """One tab. What it complains about and what it loads is kept in .complaints and .requests."""

    def __init__(self, program, profile):
        to_us, their_out = os.pipe()
        their_in, to_them = os.pipe()
        self.process = subprocess.Popen(
            # the browser reads from 3 and writes to 4
            ['/bin/sh', '-c', f'exec 3<&{their_in} 4>&{their_out} "$@"', 'sh', program, '--headless',
             '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
             '--disable-background-networking', '--disable-component-update',
             '--host-resolver-rules=MAP * ~NOTFOUND', f'--user-data-dir={profile}',
             '--remote-debugging-pipe', 'about:blank'],
            pass_fds=(their_in, their_out), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(their_in)
        os.close(their_out)
        self.read_from, self.write_to = to_us, to_them
        self.waiting, self.numbers = b'', itertools.count(1)
        self.complaints, self.requests, self.session = [], [], None
        target = self.ask('Target.createTarget', url='about:blank')['targetId']
        self.session = self.ask('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Log', 'Network'):
            self.ask(f'{domain}.enable')

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        os.close(self.read_from)
        os.close(self.write_to)

    def message(self, until):
        while b'\0' not in self.waiting:
            ready, _, _ = select.select([self.read_from], [], [], max(0, until - time.monotonic()))
            more = os.read(self.read_from, 1 << 20) if ready else b''
            if not more:
                raise TimeoutError('the browser does not answer')
            self.waiting += more
        text, self.waiting = self.waiting.split(b'\0', 1)
        return json.loads(text)

    def note(self, event):
        method, what = event.get('method'), event.get('params', {})
        if method in ('Runtime.consoleAPICalled', 'Runtime.exceptionThrown', 'Log.entryAdded'):
            self.complaints.append(json.dumps(what)[:500])
        elif method == 'Network.requestWillBeSent':
            self.requests.append(what['request']['url'])
        return method

    def ask(self, method, **params):
        number, until = next(self.numbers), time.monotonic() + ANSWER_S
        words = {'id': number, 'method': method, 'params': params}
        if self.session:
            words['sessionId'] = self.session
        os.write(self.write_to, json.dumps(words).encode() + b'\0')
        while True:
            got = self.message(until)
            if got.get('id') != number:
                self.note(got)
            elif 'error' in got:
                raise RuntimeError(f'{method}: {got["error"]}')
            else:
                return got['result']

    def open(self, url):
        until = time.monotonic() + ANSWER_S
        self.ask('Page.navigate', url=url)
        while self.evaluate('document.readyState') != 'complete' and time.monotonic() < until:
            time.sleep(0.05)

    def evaluate(self, script):
        """The value of a script, or of what it promises."""
        got = self.ask('Runtime.evaluate', expression=script, awaitPromise=True, returnByValue=True)
        if 'exceptionDetails' in got:
            raise RuntimeError(json.dumps(got['exceptionDetails'])[:500])
        return got['result'].get('value')

    def show(self, width, height, scheme, is_phone=False):
        self.ask('Emulation.setDeviceMetricsOverride', width=width, height=height,
                 deviceScaleFactor=1, mobile=is_phone)
        self.ask('Emulation.setEmulatedMedia',
                 features=[{'name': 'prefers-color-scheme', 'value': scheme}])

    def press(self, key, code):
        text = {'text': '\r'} if key == 'Enter' else {}
        for kind in ('keyDown', 'keyUp'):
            self.ask('Input.dispatchKeyEvent', type=kind, key=key, code=key,
                     windowsVirtualKeyCode=code, **text)

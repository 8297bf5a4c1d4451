#!/usr/bin/env python3
"""Sends files as messages from a PUSH socket of libzmq, as a detector does.

send_stream2.py ADDRESS MESSAGE...

A message is one file, several joined by '+' for one of several parts, or 'zeros:N' for N zero bytes. Ends when all have gone.
"""
import sys

import zmq

context = zmq.Context()
socket = context.socket(zmq.PUSH)
socket.linger = 5000
socket.bind(sys.argv[1])
for message in sys.argv[2:]:
    if message.startswith("zeros:"):
        socket.send(bytes(int(message[6:])))
    else:
        socket.send_multipart([open(part, "rb").read() for part in message.split("+")])
socket.close()
context.term()

#!/bin/sh
# Makes tests/fixtures/coded out of a synthesised utterance, with FFmpeg (5.1) and flac (1.4). Only when a file is to be added:
# the encoders' bits differ from version to version. What the files sound like: fixtures/coded.py.
set -eu
cd "$(dirname "$0")/../tests/fixtures"
out=coded
code() { ffmpeg -v error -y -bitexact -ss 0.2 -i spectrogram/Ses01F_impro01_F003.wav -map_metadata -1 "$@"; }
code -t 0.4 $out/source.wav
code -t 0.4 $out/mono16.flac
code -t 0.05 -ac 2 -af "aeval=val(0)|0.5*val(1)" -sample_fmt s32 -bits_per_raw_sample 24 -ar 44100 $out/stereo24.flac
code -t 0.05 -ac 2 -af "aeval=val(0)|0.5*val(1)" -c:a pcm_s24le -ar 44100 $out/stereo24.wav
code -t 0.2 -c:a pcm_u8 $out/mono8.wav
flac --totally-silent -f $out/mono8.wav -o $out/mono8.flac
code -t 0.4 -b:a 48k $out/mono.mp3
code -t 0.4 -ar 44100 -ac 2 -b:a 64k $out/stereo.mp3
code -t 0.4 -b:a 32k -write_xing 0 -id3v2_version 0 $out/untagged.mp3
code -t 0.4 -ar 48000 -c:a libopus -b:a 32k $out/mono.opus
code -t 0.4 -ar 48000 -ac 2 -c:a libopus -b:a 48k $out/stereo.ogg
code -t 0.4 -c:a libvorbis -q:a 2 $out/mono.ogg
code -t 0.4 -c:a aac -b:a 48k $out/mono.m4a
code -t 0.4 -c:a aac -b:a 48k $out/mono.aac
# libsndfile reads no AAC: what FFmpeg decodes.
ffmpeg -v error -y -bitexact -i $out/mono.m4a -map_metadata -1 $out/mono.m4a.wav
ffmpeg -v error -y -bitexact -i $out/mono.aac -map_metadata -1 $out/mono.aac.wav

"""What the page shows of a study, and the frames it is sent in."""

from contingent.report.view.build import View, build_view
from contingent.report.view.frames import decode, encode
from contingent.report.view.playback import Playback, playback

__all__ = ["Playback", "View", "build_view", "decode", "encode", "playback"]
